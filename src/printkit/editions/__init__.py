"""The editions: press, copier and screen, and what each one does to a base."""

from printkit.editions import copier, press, screen
from printkit.editions.edition import Claim, Edition, Sheet

__all__ = ["EDITIONS", "Claim", "Edition", "Sheet"]

EDITIONS: dict[str, Edition] = {
    edition.name: edition for edition in (press.EDITION, copier.EDITION, screen.EDITION)
}
"""Every edition by its name, in the order in which they are made."""
