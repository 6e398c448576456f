"""What the pages of a file share: fonts, colour spaces and content, looked up and read once."""

from collections.abc import Callable, Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from printkit.preflight.colours import UNKNOWN, Space, space_of
from printkit.preflight.faces import Face, face_of
from printkit.preflight.objects import entry, listed_in
from printkit.preflight.state import Paints
from printkit.preflight.streams import data_of
from printkit.preflight.tokens import Operation, operations

_KEPT_OPERATIONS = 300_000
_LONGEST_KEPT = 40_000
_MOST_RESOURCES = 2_000

Key = tuple[int, int]


def key_of(obj: Any) -> Key:
    """Return an object's number and generation; (0, 0) for one that has none."""
    if isinstance(obj, pikepdf.Object) and obj.is_indirect:
        number, generation = obj.objgen
        return int(number), int(generation)
    return 0, 0


class Resources:
    """A resource dictionary, each entry looked up once."""

    __slots__ = ("_found", "_obj", "_shelf")

    def __init__(self, obj: Any, shelf: "Shelf") -> None:
        self._obj = obj
        self._shelf = shelf
        self._found: dict[tuple[str, str], Any] = {}

    def named(self, kind: str, name: Any) -> Any:
        """Return an entry such as ("/XObject", "/Im1"); None where there is none."""
        key = (kind, name)
        if key not in self._found:
            try:
                self._found[key] = entry(entry(self._obj, kind), str(name))
            except (ValueError, KeyError, pikepdf.PdfError):
                self._found[key] = None
        return self._found[key]

    def kept(self, kind: str, name: Any, make: Callable[[Any], Any]) -> Any:
        """Return what is made of an entry, made once; None where there is no entry."""
        key = ("kept" + kind, name)
        if key not in self._found:
            found = self.named(kind, name)
            self._found[key] = make(found) if found is not None else None
        return self._found[key]

    def face(self, name: Any) -> Face | None:
        """Return what a font tells, by its name here."""
        face: Face | None = self.kept("/Font", name, self._shelf.face)
        return face

    def space(self, made: Any) -> Space:
        """Return a colour space, by its name here or as it is written in the content."""
        if not isinstance(made, str | Name):
            return self._shelf.space(made, self._obj)
        key = ("space", str(made))
        if key not in self._found:
            named = self.named("/ColorSpace", made)
            self._found[key] = self._shelf.space(made if named is None else named, self._obj)
        space: Space = self._found[key]
        return space


class Shelf:
    """Facts of one file's objects, kept by their numbers."""

    __slots__ = ("_faces", "_hidden", "_kept", "_operations", "_resources", "_spaces", "paints")

    def __init__(self, root: Any) -> None:
        self._faces: dict[Key, Face] = {}
        self._spaces: dict[Key, Space] = {}
        self._resources: dict[Key, Resources] = {}
        self._operations: dict[Key, list[Operation]] = {}
        self._kept = 0
        self._hidden = hidden_layers(root)
        self.paints = Paints()

    def resources(self, obj: Any) -> Resources:
        """Return a resource dictionary with what was looked up in it before."""
        key = key_of(obj)
        if key == (0, 0):
            return Resources(obj, self)
        if len(self._resources) > _MOST_RESOURCES:
            self._resources.clear()
        if key not in self._resources:
            self._resources[key] = Resources(obj, self)
        return self._resources[key]

    def face(self, font: Any) -> Face:
        """Return what a font tells."""
        key = key_of(font)
        if key == (0, 0):
            return face_of(font)
        if key not in self._faces:
            self._faces[key] = face_of(font)
        return self._faces[key]

    def space(self, made: Any, resources: Any) -> Space:
        """Return the colour space that an object describes."""
        key = key_of(made)
        try:
            if key == (0, 0):
                return space_of(made, resources)
            if key not in self._spaces:
                self._spaces[key] = space_of(made, resources)
            return self._spaces[key]
        except (ValueError, TypeError, AttributeError, pikepdf.PdfError):
            return UNKNOWN

    def operations(self, stream: Any) -> Iterable[Operation]:
        """Return the operations of a form, a pattern or a glyph; short ones are kept."""
        key = key_of(stream)
        if key in self._operations:
            return self._operations[key]
        data = data_of(stream)
        if key == (0, 0) or len(data) > _LONGEST_KEPT * 16:
            return operations(data)
        found = list(operations(data))
        if self._kept + len(found) <= _KEPT_OPERATIONS:
            self._kept += len(found)
            self._operations[key] = found
        return found

    def hides(self, layer: Any) -> bool:
        """Tell whether a layer, or a membership in several, is off as the file opens."""
        if not isinstance(layer, Dictionary):
            return False
        if layer.get("/Type") != "/OCMD":
            return key_of(layer) in self._hidden
        members = layer.get("/OCGs")
        keys = [key_of(one) for one in (listed_in(members) or [members]) if one is not None]
        off = [key in self._hidden for key in keys]
        policy = str(layer.get("/P", "/AnyOn"))
        if not off:
            return False
        return {
            "/AllOn": any(off),
            "/AnyOff": not any(off),
            "/AllOff": not all(off),
        }.get(policy, all(off))


def hidden_layers(root: Any) -> frozenset[Key]:
    """Return the optional content groups that are off as the file opens."""
    layers = entry(root, "/OCProperties")
    usual = entry(layers, "/D")
    if usual is None:
        return frozenset()
    every = {key_of(one) for one in listed_in(entry(layers, "/OCGs"))}
    off = {key_of(one) for one in listed_in(entry(usual, "/OFF"))}
    if entry(usual, "/BaseState") == "/OFF":
        off |= every - {key_of(one) for one in listed_in(entry(usual, "/ON"))}
    return frozenset(off - {(0, 0)})


def content_of(page: Any) -> bytes:
    """Return a page's content, its parts one after the other."""
    contents = entry(page, "/Contents")
    if isinstance(contents, Array):
        parts = [one for one in list(contents)[:10_000] if isinstance(one, Stream)]
        return b"\n".join(data_of(part) for part in parts)
    return data_of(contents)
