"""The structure tree of a tagged PDF, walked once in reading order, however it loops or nests."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from printkit.preflight.documents import Document
from printkit.preflight.objects import entry, identity, listed_in, name_of

MOST = 1_000_000
"""Elements; more than any book has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One tag."""

    role: str
    """As the standard names it, through the file's own map: "Figure", "H1"."""
    page: int | None
    obj: pikepdf.Object
    annotations: tuple[tuple[int, int], ...]
    """Object and generation of each link or field that it holds."""


def elements(document: Document) -> Iterator[Element]:
    """Yield every element of the structure tree, in reading order."""
    top = document.root.get("/StructTreeRoot")
    roles = entry(top, "/RoleMap")
    pages = {leaf.obj.objgen: leaf.number for leaf in document.leaves}
    waiting = _kids(top)[::-1]
    seen: set[object] = set()
    while waiting and len(seen) < MOST:
        node = waiting.pop()
        if node.is_indirect:
            if (key := identity(node)) in seen:
                continue
            seen.add(key)
        kids = _kids(node)
        waiting += kids[::-1]
        if node.get("/S") is not None:
            yield Element(
                role=_role(name_of(node.get("/S")), roles),
                page=pages.get(getattr(node.get("/Pg"), "objgen", (0, 0))),
                obj=node,
                annotations=tuple(
                    kid.get("/Obj").objgen
                    for kid in kids
                    if name_of(kid.get("/Type")) == "/OBJR"
                    and isinstance(kid.get("/Obj"), Dictionary)
                ),
            )


def _kids(node: Any) -> list[Any]:
    below = entry(node, "/K")
    kids = listed_in(below) if isinstance(below, Array) else [below]
    return [kid for kid in kids if isinstance(kid, Dictionary)]


def _role(name: str, roles: Any) -> str:
    """Return what a tag stands for; a map that goes in a circle is followed a few times."""
    for _ in range(8):
        mapped = name_of(entry(roles, name)) if name else ""
        if not mapped or mapped == name:
            break
        name = mapped
    return name.lstrip("/")


def numbers_of(tree: Any) -> dict[int, Any]:
    """Return a number tree as a dict, however it loops."""
    found: dict[int, Any] = {}
    waiting, seen = [tree], set[object]()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary):
            continue
        if node.is_indirect:
            if (key := identity(node)) in seen:
                continue
            seen.add(key)
        waiting += listed_in(node.get("/Kids"))
        pairs = listed_in(node.get("/Nums"))
        for key, value in zip(pairs[::2], pairs[1::2], strict=False):
            if isinstance(key, int):
                found[key] = value
    return found
