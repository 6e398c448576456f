"""Takes the empty pictures of blanks out of a layout: what paints nothing, and its marks."""

from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary

from printkit.stamp.fields import number_of

_PAINT = frozenset(
    (
        "f",
        "F",
        "f*",
        "B",
        "B*",
        "b",
        "b*",
        "S",
        "s",
        "sh",
        "Do",
        "Tj",
        "TJ",
        "'",
        '"',
        "INLINE IMAGE",
    )
)  # ISO 32000-2, table 50
_MARKS = ("BMC", "BDC")

Instructions = list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]


@dataclass(slots=True, kw_only=True)
class _Group:
    """What is open: a saved state, or marked content."""

    start: int
    """Where it begins among what is kept."""
    marks: bool
    is_picture: bool = False
    paints: bool = False


def without_pictures(pdf: pikepdf.Pdf) -> None:
    """Take blanks' pictures off all pages, and out of the structure where there is one."""
    for page in pdf.pages:
        numbers = _released(pdf, page)
        kept = _without_idle(pikepdf.parse_content_stream(page), numbers)
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _released(pdf: pikepdf.Pdf, page: pikepdf.Page) -> frozenset[int]:
    """Let the structure let go of a page's pictures; return the numbers of their marks."""
    if "/StructTreeRoot" not in pdf.Root or "/StructParents" not in page.obj:
        return frozenset()
    pairs = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    owners_of = {int(key): owners for key, owners in zip(pairs[::2], pairs[1::2], strict=True)}
    owners = owners_of.get(int(page.obj.StructParents), Array())
    numbers = set()
    for number, element in enumerate(owners.as_list()):
        if isinstance(element, Dictionary) and number_of(element) is not None:
            owners[number] = None
            numbers.add(number)
            if "/K" in element:
                del element["/K"]
    return frozenset(numbers)


def _without_idle(instructions: Instructions, numbers: frozenset[int]) -> Instructions:
    """Return a page's instructions without saved states and pictures in which nothing is painted.

    What paints nothing and is put back at its end changes nothing (ISO 32000-2, 8.4.2). All is
    returned as it was where states and marks overlap.
    """
    kept: Instructions = []
    groups: list[_Group] = []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "q" or operator in _MARKS:
            groups.append(
                _Group(
                    start=len(kept),
                    marks=operator in _MARKS,
                    is_picture=operator == "BDC" and _mark_of(instruction) in numbers,
                )
            )
        kept.append(instruction)
        if operator in ("Q", "EMC"):
            if not groups or groups[-1].marks != (operator == "EMC"):
                return instructions
            _close(groups, kept)
        elif operator in _PAINT and groups:
            groups[-1].paints = True
    return instructions if groups else kept


def _close(groups: list[_Group], kept: Instructions) -> None:
    """Drop the last group where it paints nothing; else let the one around it paint too."""
    group = groups.pop()
    if not group.paints and (group.is_picture or not group.marks):
        del kept[group.start :]
    elif groups:
        groups[-1].paints = True


def _mark_of(
    instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage,
) -> int | None:
    """Return the number of marked content, where it has one."""
    properties = instruction.operands[1]
    if isinstance(properties, Dictionary) and "/MCID" in properties:
        return int(properties.MCID)
    return None
