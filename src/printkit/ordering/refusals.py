"""Why something can't be ordered: unsigned languages, sizes, a build that is not of the orders."""

from collections.abc import Iterable

from printkit.built import Built, Sheet
from printkit.compose import sheet_language
from printkit.errors import Problems, listed, quoted
from printkit.jobs import Selection
from printkit.lengths import Size
from printkit.ordering.lines import Line
from printkit.pieces import MANY_LANGUAGES
from printkit.project import Project
from printkit.shops import Shop
from printkit.signoffs import FILE

ORDERS = "regions/orders.csv"
MOST_TOLD = 5
"""Orders of a kind that are told one by one."""
_AGAIN = "Build again: printkit build."


def refuse_stale(
    project: Project, built: Built, shop: Shop, selection: Selection, problems: Problems
) -> None:
    """Hold a build to today's orders: each of them, with these copies, and no other."""
    if built.version != project.campaign.version:
        problems.add(
            f"The build is of version {quoted(built.version)}, and the campaign is at "
            f"{quoted(project.campaign.version)}.",
            _AGAIN,
        )
        return
    made = {
        (sheet.region, sheet.language, sheet.piece): sheet.copies
        for sheet in built.sheets
        if sheet.edition == shop.edition
        and is_selected(selection, sheet.region, sheet.language, sheet.piece)
    }
    wanted = {
        (order.region, order.language, order.piece): order
        for order in project.orders
        if selection.takes(order) and shop.edition in project.pieces[order.piece].editions
    }
    if not made and not wanted:
        what = f"Nothing that was asked for is printed as {shop.edition} sheets."
        problems.add(what, "Look into regions/orders.csv, or name less at once.")
    differ: list[tuple[str, int | None]] = []
    for key, order in wanted.items():
        if key not in made:
            differ.append((f"{' '.join(key)} is not in the build.", order.line))
        elif made[key] != order.copies:
            what = f"{' '.join(key)}: {order.copies:,} copies here, {made[key]:,} in the build."
            differ.append((what, order.line))
    gone = [key for key in made if key not in wanted]
    differ += [(f"{' '.join(key)} is in the build, and nobody orders it.", None) for key in gone]
    _tell(differ, problems)


def is_selected(selection: Selection, region: str, language: str, piece: str) -> bool:
    """Return whether a sheet is among what was asked for; an empty selection is all."""
    wanted = (
        (selection.regions, region),
        (selection.languages, language),
        (selection.pieces, piece),
    )
    return all(not chosen or value in chosen for chosen, value in wanted)


def _tell(differ: list[tuple[str, int | None]], problems: Problems) -> None:
    for what, line in differ[:MOST_TOLD]:
        problems.add(what, _AGAIN, ORDERS, line)
    if len(differ) > MOST_TOLD:
        more = f"The build is not of these orders: {len(differ) - MOST_TOLD:,} more differ."
        problems.add(more, _AGAIN, ORDERS)


def refuse_unsigned(project: Project, sheets: Iterable[Sheet], problems: Problems) -> None:
    """Refuse each language that no native reader has signed off, by name, and how that is done."""
    drafts = {sheet.language: sheet.draft for sheet in sheets}
    for sheet in sheets:
        drafts[sheet.language] |= sheet.draft
    for tag, built_as_draft in drafts.items():
        name = f"{sheet_language(tag).english} ({tag})"
        if project.is_draft(tag):
            if tag == MANY_LANGUAGES:
                names = [sheet_language(one).english for one in sorted(project.drafts)]
                what = f"The sheet in many languages speaks {listed(names, 8)}, not signed off."
                how = "Have these signed off first"
            else:
                what = f"{name} is not signed off: its sheets are drafts."
                how = (
                    "Let a native reader read it, and record that: "
                    f"printkit po signoff {tag} --reviewer HANDLE"
                )
            fix = f"{how}; then build again. To look at it on paper, order a few: --proof-run."
            problems.add(what, fix, FILE)
        elif built_as_draft:
            problems.add(f"{name} was signed off after its sheets were built as drafts.", _AGAIN)


def refuse_doubles(lines: Iterable[Line], problems: Problems) -> None:
    """Refuse two files of one name, which some disks can't tell apart."""
    seen: set[str] = set()
    for line in lines:
        if line.file.casefold() in seen:
            what = f"Two files would be called {quoted(line.file, 200)}."
            problems.add(what, "Write {code}, {language} and {region} into the shop's names.")
        seen.add(line.file.casefold())


def refuse_trims(project: Project, shop: Shop, sheets: Iterable[Sheet], problems: Problems) -> None:
    """Refuse each size that the shop does not print."""
    found: dict[tuple[float, float], list[str]] = {}
    for sheet in sheets:
        size = Size(width_pt=sheet.trim[0] * 72, height_pt=sheet.trim[1] * 72)
        if shop.format_of(size) is None:
            found.setdefault(sheet.trim, []).append(project.pieces[sheet.piece].name)
    for (width, height), names in found.items():
        problems.add(
            f"{shop.name} does not print {width:g} x {height:g} in: "
            f"{listed(dict.fromkeys(names))}.",
            "Add the size as [[formats]] if the shop has it, or leave the piece out with --piece.",
            shop.file,
        )
