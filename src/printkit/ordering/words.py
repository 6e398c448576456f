"""README.txt: the order in plain words, for whoever opens the folder at the shop."""

import textwrap
from collections.abc import Iterator

from printkit.lengths import inches
from printkit.ordering.lines import DRAFT, ShopOrder, counted

NAME = "README.txt"
WIDTH = 88


def readme(order: ShopOrder) -> bytes:
    """Return README.txt, with the line ends that every editor shows."""
    lines: list[str] = []
    was_item = False
    for paragraph in _paragraphs(order):
        is_item = paragraph.startswith("- ")
        if lines and not (is_item and was_item):
            lines.append("")
        lines += textwrap.wrap(
            paragraph, WIDTH, subsequent_indent="  " if is_item else "", break_on_hyphens=False
        )
        was_item = is_item
    return ("\r\n".join(lines).rstrip() + "\r\n").encode()


def _paragraphs(order: ShopOrder) -> Iterator[str]:
    if order.is_proof:
        most = counted(order.shop.proof_copies, "copy")
        yield f"{DRAFT}. This is a proof run: {most} of a file at most."
        yield (
            "Print it to be looked at. None of it is to be handed out or sold as finished work. "
            "The quantities are not rounded up to your lots, on purpose."
        )
    yield f"{order.campaign}, version {order.version}. Order to {order.shop.name}."
    yield (
        f"{counted(len(order.lines), 'file')}, {counted(order.copies, 'copy')}: {order.need:,} for "
        f"the places that ordered and {order.copies - order.need:,} spares. Price by your table: "
        f"{order.price_words}."
    )
    yield from _missing(order)
    yield "What is in this folder:"
    for name, what in FILES.items():
        yield f"- {name}: {what}"
    yield "How to print:"
    yield from (f"- {told}" for told in _printing(order))
    yield "How to pack:"
    yield from (f"- {told}" for told in _packing(order))
    yield from _contact(order)


FILES = {
    "files/": "one PDF for each thing to print. Each name tells place, language, piece, version, "
    "size, quantity and the code that stands at the foot of the sheet.",
    "order.xlsx and order.csv": "the order, a row for each file, and its totals.",
    "ship-to.csv": "which place gets how many of which file.",
    "order.xjdf": "the same as a job ticket, if your system reads XJDF 2.2.",
    "proof-book.pdf": "every page small, place by place, with a line to sign.",
    "SHA256SUMS": "the sum of each file, to see that none came through damaged: "
    "sha256sum -c SHA256SUMS.",
}
"""What lies in an order's folder, beside this text."""


def _missing(order: ShopOrder) -> Iterator[str]:
    if not order.missing:
        yield "Nothing that was ordered is missing."
        return
    yield "NOT IN THIS ORDER, since these sheets failed their checks and must not be printed:"
    for missing in order.missing:
        yield f"- {missing.words}"


def _printing(order: ShopOrder) -> Iterator[str]:
    shop = order.shop
    bleeds = sorted({line.bleed_pt for line in order.lines if line.bleed_pt})
    if shop.edition == "press":
        yield f"The files are {shop.standard.upper()}, CMYK, with trim marks outside the bleed."
    else:
        yield "The files are gray, for an office copier. Nothing bleeds; print at 100 %."
    if bleeds:
        yield f"Bleed: {' and '.join(f'{inches(bleed):g}' for bleed in bleeds)} in on each side."
    for fold in dict.fromkeys(line.fold for line in order.lines if line.fold):
        names = dict.fromkeys(line.piece_name for line in order.lines if line.fold == fold)
        yield f"Fold {', '.join(names)}: {fold}."
    yield "Languages look alike to who can't read them: go by the code, and never mix two files."
    if shop.union_label:
        yield "Add your union label in the free room at the foot of the sheet."
    yield (
        f"Overs up to {shop.overs_percent.normalize():f} % are accepted, unders up to "
        f"{shop.unders_percent.normalize():f} %."
    )


def _packing(order: ShopOrder) -> Iterator[str]:
    yield "One place a carton. Write the place, the file's code and the copies on each carton."
    yield f"No carton heavier than {order.shop.carton_pounds.normalize():f} lb."
    yield "Spares go into cartons of their own, marked Spares."
    yield "Addresses come apart from this order, from whoever sent it."


def _contact(order: ShopOrder) -> Iterator[str]:
    known = {name: told for name, told in order.shop.contact.items() if told}
    if known:
        yield "The shop, as we have it: " + "; ".join(f"{name} {known[name]}" for name in known)
    yield "Is something unclear, or is a price missing? Ask before you print."
