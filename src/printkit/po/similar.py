"""Find the text that a changed one comes from: by groups of four letters, then letter by letter."""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

GROUP = 4
"""Letters in a group; shorter ones are shared by texts that have nothing in common."""
LIKE = 0.6
"""How much of two texts must agree; gettext's own msgmerge asks for the same."""
COMPARED = 4
"""How many of the best candidates are compared closely."""
FAVOUR = 0.15
"""What is added to the likeness of a text that has just gone."""
COMMON = 0.25
"""The share of candidates above which a group of letters tells none of them apart."""
LONGEST = 2_000
"""Letters that are compared; a text that begins alike for so long is the same text changed."""


class Index:
    """Texts that a translation is known for, to be asked which one another text is like."""

    def __init__(self, texts: Sequence[str], *, favoured: int = 0) -> None:
        """Take the texts; the first ones, as many as are favoured, win over others nearly as like.

        A text that has just gone is likelier to be what a new one was than one that stayed.
        """
        self._favoured = favoured
        self._texts = [_plain(text) for text in texts]
        self._groups: dict[str, list[int]] = {}
        self._sizes: list[int] = []
        self._same: dict[str, int] = {}
        for number, text in enumerate(self._texts):
            groups = _groups(text)
            self._sizes.append(len(groups))
            self._same.setdefault(text, number)
            for group in groups:
                self._groups.setdefault(group, []).append(number)

    def nearest(self, text: str) -> int | None:
        """Return the number of the text that is most like this one, if any is like it at all.

        Of two that are equally like it, the one that was given first.
        """
        plain = _plain(text)
        if plain in self._same:
            return self._same[plain]
        groups = _groups(plain)
        shared: Counter[int] = Counter()
        most = max(50, int(len(self._texts) * COMMON))
        for group in groups:
            places = self._groups.get(group, ())
            if len(places) <= most:
                shared.update(places)
        ranked = sorted(
            (
                (
                    2 * count / (len(groups) + self._sizes[at]) + FAVOUR * (at < self._favoured),
                    -at,
                )
                for at, count in shared.items()
            ),
            reverse=True,
        )
        best, found = LIKE, None
        for _, minus in ranked[:COMPARED]:
            favour = FAVOUR if -minus < self._favoured else 0.0
            score = _likeness(plain, self._texts[-minus], best - favour) + favour
            if score - favour >= LIKE and (score > best or found is None):
                best, found = score, -minus
        return found


def _plain(text: str) -> str:
    """Return what is compared of a text: its words, however they are spaced and capitalized."""
    return " ".join(text[:LONGEST].casefold().split())


def _groups(text: str) -> set[str]:
    return {text[at : at + GROUP] for at in range(max(0, len(text) - GROUP + 1))}


def _likeness(one: str, other: str, least: float) -> float:
    """Return how much of two texts agrees, from 0 to 1; 0 where it can't reach `least`."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()
