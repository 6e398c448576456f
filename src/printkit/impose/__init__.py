"""Sets pages out on sheets: a copier edition's on US Letter, any PDF's in a printer's scheme."""

from printkit.impose.asked import Asked, asked_for
from printkit.impose.copier import (
    CLEAR_PT,
    LETTER,
    Cell,
    Imposition,
    impose,
    imposed,
    imposition_for,
)
from printkit.impose.remarks import RULES
from printkit.impose.schemes import SCHEMES
from printkit.impose.set_out import SetOut, set_out

__all__ = [
    "CLEAR_PT",
    "LETTER",
    "RULES",
    "SCHEMES",
    "Asked",
    "Cell",
    "Imposition",
    "SetOut",
    "asked_for",
    "impose",
    "imposed",
    "imposition_for",
    "set_out",
]
