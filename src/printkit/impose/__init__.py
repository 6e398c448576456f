"""Sets pages out on sheets: a copier edition's on US Letter, any PDF's in a printer's scheme."""

from printkit.impose.copier import (
    CLEAR_PT,
    LETTER,
    Cell,
    Imposition,
    impose,
    imposed,
    imposition_for,
)

__all__ = ["CLEAR_PT", "LETTER", "Cell", "Imposition", "impose", "imposed", "imposition_for"]
