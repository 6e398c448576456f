"""Questions that no count answers: where only a group of languages is known, ask locally."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from printkit.languages import LANGUAGES
from printkit.planning.rates import Rates
from printkit.planning.rule import needed_without_a_count
from printkit.regions import Region, SpeakerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who may be in a region, with no number that could order anything."""

    region: str
    label: str
    """The language or the group, as the source prints it."""
    languages: tuple[str, ...]
    """The campaign's languages that may be meant."""
    people: int | None
    """Of the whole group, who speak English less than very well; never divided."""
    origin: str
    law: bool
    """Whether Section 203 of the Voting Rights Act asks for the language there."""

    @property
    def words(self) -> str:
        """The question, as it is put to an organizer."""
        if self.law:
            return (
                f"How many read {self.label}? The law asks for it here, and no count tells "
                f"({self.origin})."
            )
        names = ", ".join(LANGUAGES[tag].english for tag in self.languages)
        asked = f"Which of these is read here: {names}?"
        if len(self.languages) == 1:
            asked = f"Is {names} read here?"
        return (
            f"{asked} Of the whole group, {self.people:,} people: "
            f'"{self.label}" ({self.origin}, group).'
        )


def questions_for(
    regions: Mapping[str, Region],
    speakers: Iterable[SpeakerRow],
    rates: Rates,
    *,
    languages: Collection[str],
) -> tuple[Question, ...]:
    """Return what to ask locally: what the law asks for first, then groups, the largest first.

    A group is asked about where it may hold one of the campaign's languages, and where as many
    of its people as make a language of its own an order speak English less than very well.
    """
    rows = tuple(row for row in speakers if regions[row.region].kind == "county")
    asked = [
        _question(row, languages, law=True)
        for row in needed_without_a_count(regions, rows, rates)
        if set(row.languages) & set(languages)
    ]
    newest: dict[tuple[str, str], SpeakerRow] = {}
    for row in sorted(rows, key=lambda row: row.period):
        if not row.exact and row.lep is not None:
            newest[row.region, row.label] = row
    asked += [
        _question(row, languages, law=False)
        for row in newest.values()
        if (row.lep or 0) >= rates.least_people and set(row.languages) & set(languages)
    ]
    return tuple(
        sorted(asked, key=lambda one: (not one.law, -(one.people or 0), one.region, one.label))
    )


def _question(row: SpeakerRow, languages: Collection[str], *, law: bool) -> Question:
    return Question(
        region=row.region,
        label=row.label,
        languages=tuple(tag for tag in row.languages if tag in languages),
        people=row.lep,
        origin=f"{row.source}, {row.period}",
        law=law,
    )
