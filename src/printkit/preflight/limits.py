"""The numbers that preflight holds a file to: by profile, by shop, and as ordered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from printkit.errors import Problem, Problems, UserError, did_you_mean, quoted
from printkit.findings import Finding, Rule, finding
from printkit.lengths import Size
from printkit.reading import read_toml
from printkit.values import Table

Edition = Literal["press", "copier", "screen"]
Standard = Literal["PDF/X-4", "PDF/X-1a"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is still good; a shop overrides any of it in a TOML file with the same names."""

    ink_percent: float = 300
    """Of all inks together; GWG 2022 R26 allows 320, American shops ask for 280 to 300."""
    ink_area_mm2: float = 225
    """The smallest area that is judged for its ink: 15 × 15 mm (GWG 2022 R26)."""
    black_text_percent: float = 280
    """Of all inks together in text that is at least 85 % black (GWG 2022 R15)."""
    small_text_pt: float = 12
    """Black text under this size overprints (GWG 2022 R9)."""
    thin_line_pt: float = 2
    """Black lines under this width overprint (GWG 2022 R11)."""
    least_text_pt: float = 6
    """The smallest text that offset presses hold."""
    least_knockout_text_pt: float = 8
    """The smallest text in white, or in two inks or more (GWG 2022 R16)."""
    least_knockout_line_pt: float = 0.25
    """The thinnest line in white, or in two inks or more (GWG 2022 R18)."""
    image_ppi_fail: float = 149
    """Pixels an inch of pictures, at which they are refused (GWG 2022 R31)."""
    image_ppi_warn: float = 224
    bitmap_ppi_fail: float = 549
    """Pixels an inch of pictures in black and white alone (GWG 2022 R32)."""
    bitmap_ppi_warn: float = 799
    code_quiet_modules: float = 4
    """Modules of white around a QR code (ISO/IEC 18004)."""
    code_module_mm: float = 0.4
    """The smallest module of a QR code."""
    safety_in: float = 0.125
    """How far text keeps from the trim."""
    fold_safety_in: float = 0.125
    """How far text keeps from a fold."""
    bleed_in: float = 0.125
    """How far art runs beyond the trim, on each side."""
    spots: tuple[str, ...] = ()
    """Names of the inks ordered beside the four."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What one kind of file is asked."""

    name: str
    edition: Edition
    """Whose rules it asks."""
    words: str
    """What it is for, as a sentence."""
    limits: Limits = field(default_factory=Limits)
    without: frozenset[str] = frozenset()
    """Codes of the edition's rules that are not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What an order tells of a file, which the file alone cannot."""

    trim: Size | None = None
    bleed_pt: float | None = None
    """On each side; None is what the limits say."""
    folds_pt: tuple[float, ...] = ()
    """From the trim's left edge of page 1; mirrored overleaf."""
    urls: tuple[str, ...] = ()
    """Addresses that codes must lead to, each by one at least; none means that nobody told."""
    other_codes: bool = False
    """Whether codes may lead to other sites too: a manifest knows one address of several."""
    standard: Standard | None = None
    """The standard ordered; None is the one that the file claims."""
    stitched: bool = False
    """Whether the pages are folded and stitched into a booklet."""

    def forbids(self, address: str) -> bool:
        """Return whether a code may not lead to an address: to none but those ordered.

        Where other codes may stand beside the one ordered, those of its own site may not: they
        lead to another region or version.
        """
        if not self.urls or address in self.urls:
            return False
        return not self.other_codes or _site(address) in map(_site, self.urls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one file is asked: whose rules, with which limits, and what was ordered."""

    edition: Edition
    limits: Limits = field(default_factory=Limits)
    expected: Expected = field(default_factory=Expected)
    where: Mapping[str, Any] = field(default_factory=dict)
    """What each finding says of the sheet: piece, language, edition, region."""

    def finding(self, rule: Rule, what: str, fix: str, **place: Any) -> Finding:
        """Return a finding that carries its rule, and what is known of the sheet."""
        return finding(rule, what, fix, **{**self.where, **place})


def _site(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].lower()


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(name="press", edition="press", words="For an offset or digital press."),
        Profile(name="copier", edition="copier", words="For any office machine: one black."),
        Profile(name="screen", edition="screen", words="For a screen, and for who cannot see it."),
        Profile(
            name="gwg-sheetcmyk",
            edition="press",
            words="For sheet-fed offset, by the Ghent Workgroup's limits of 2022.",
            limits=Limits(ink_percent=320),
            without=frozenset({"trim-safe", "fold-safe"}),
        ),
    )
}
"""What can be asked for by --profile, by name."""

_LISTS = {"spots"}
_MOST = 1_000_000


def load_limits(path: Path, limits: Limits) -> Limits:
    """Return limits with what a shop's TOML file says otherwise; raises UserError."""
    problems = Problems()
    table = read_toml(path, root=path.parent, problems=problems)
    changed = limits if table is None else _changed(table, limits)
    if table is not None:
        table.finish()
        if changed.image_ppi_warn < changed.image_ppi_fail:
            table.problem(
                "image_ppi_warn is below image_ppi_fail.",
                "A warning comes before a failure: give it the greater number.",
                "image_ppi_warn",
            )
        if changed.bitmap_ppi_warn < changed.bitmap_ppi_fail:
            table.problem(
                "bitmap_ppi_warn is below bitmap_ppi_fail.",
                "A warning comes before a failure: give it the greater number.",
                "bitmap_ppi_warn",
            )
    problems.raise_if_any()
    return changed


def _changed(table: Table, limits: Limits) -> Limits:
    values: dict[str, object] = {}
    for one in fields(Limits):
        if one.name in _LISTS:
            values[one.name] = table.texts(one.name, getattr(limits, one.name))
        else:
            values[one.name] = table.number(one.name, getattr(limits, one.name), low=0, high=_MOST)
    return replace(limits, **values)  # type: ignore[arg-type]


def profile_named(name: str) -> Profile:
    """Return the profile of a name; raises UserError with the nearest one."""
    if name in PROFILES:
        return PROFILES[name]
    raise UserError(
        Problem(what=f"--profile: there is no {quoted(name)}.", fix=did_you_mean(name, PROFILES))
    )
