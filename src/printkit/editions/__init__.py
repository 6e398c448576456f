"""The editions: press, copier and screen, and what each one does to a base."""

from printkit.editions import copier, press, screen
from printkit.editions.edition import Claim, Edition, Sheet
from printkit.editions.marks import folds_of
from printkit.editions.opaque import opaque
from printkit.editions.press import STANDARDS

__all__ = [
    "EDITIONS",
    "STANDARDS",
    "Claim",
    "Edition",
    "Sheet",
    "edition_for",
    "folds_of",
    "opaque",
]

EDITIONS: dict[str, Edition] = {
    edition.name: edition for edition in (press.EDITION, copier.EDITION, screen.EDITION)
}
"""Every edition by its name, in the order in which they are made."""


def edition_for(name: str, standard: str) -> Edition:
    """Return an edition by its name; the press edition in the standard that the shop takes."""
    return STANDARDS[standard] if name == press.EDITION.name else EDITIONS[name]
