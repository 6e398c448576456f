"""Figures: what was measured, the goal it is held to, and a rival's figure of the same run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """What something else took for the same, or for the least that could be called the same."""

    name: str
    value: float
    """In the unit of the figure that it stands beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure."""

    what: str
    value: float
    unit: str
    """ "ms", "s", "MB", "KB", "letters/s" and the like."""
    goal: float | None = None
    """In the same unit; None where nothing was promised."""
    more_is_better: bool = False
    rivals: tuple[Rival, ...] = ()

    @property
    def missed_by(self) -> float:
        """How far from the goal, as a share of it; 0 where it is reached or there is none."""
        if self.goal is None:
            return 0.0
        short = self.goal - self.value if self.more_is_better else self.value - self.goal
        return max(0.0, short / self.goal)

    @property
    def verdict(self) -> str:
        """How the figure stands to its goal, in a word or three."""
        if self.goal is None:
            return ""
        return f"missed by {self.missed_by:.0%}" if self.missed_by else "reached"

    def ratio(self, rival: Rival) -> float:
        """Return how many times better than a rival's this figure is; below 1 it is worse."""
        ours, theirs = self.value, rival.value
        if not ours or not theirs:
            return 0.0
        return ours / theirs if self.more_is_better else theirs / ours

    def as_dict(self) -> dict[str, Any]:
        """Return the figure, ready for JSON."""
        return {
            "what": self.what,
            "value": round(self.value, 4),
            "unit": self.unit,
            "goal": self.goal,
            "goal_is": "at least" if self.more_is_better else "at most",
            "verdict": self.verdict,
            "rivals": [
                {
                    "name": rival.name,
                    "value": round(rival.value, 4),
                    "ratio": round(self.ratio(rival), 3),
                }
                for rival in self.rivals
            ],
        }


def number(value: float) -> str:
    """Return a figure with three digits that matter, and commas."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.01 or not value else f"{value:.4f}"


def row(figure: Figure) -> tuple[str, ...]:
    """Return a figure as the cells of its row."""
    sign = "≥" if figure.more_is_better else "≤"
    goal = "" if figure.goal is None else f"{sign} {number(figure.goal)} {figure.unit}".rstrip()
    beside = "; ".join(
        f"{rival.name}: {number(rival.value)} {figure.unit} ({number(figure.ratio(rival))}×)"
        for rival in figure.rivals
    )
    return (
        figure.what,
        f"{number(figure.value)} {figure.unit}".rstrip(),
        goal,
        figure.verdict,
        beside,
    )


HEAD = ("what", "measured", "goal", "", "beside it")


def table(figures: Iterable[Figure]) -> str:
    """Return figures as a table in Markdown."""
    rows = [HEAD, tuple("---" for _ in HEAD), *map(row, figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def told(figures: Mapping[str, Iterable[Figure]]) -> str:
    """Return the figures of several measures for a terminal: a few lines each, no table's rims."""
    lines = []
    for name, found in figures.items():
        lines += ["", name]
        for figure in found:
            what, value, goal, verdict, _ = row(figure)
            held = f"   (goal {goal}: {verdict})" if goal else ""
            lines.append(f"  {value:>16}  {what}{held}")
            for rival in figure.rivals:
                theirs = f"{number(rival.value)} {figure.unit}"
                lines.append(f"  {theirs:>16}    {rival.name}: {number(figure.ratio(rival))}×")
    return "\n".join(lines[1:])
