"""Colour spaces: what a file calls its colours, and which inks they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from printkit.preflight.functions import Function, function_of
from printkit.preflight.geometry import number
from printkit.preflight.objects import name_of

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
_SIZES = {
    "DeviceGray": 1, "CalGray": 1, "DeviceRGB": 3, "CalRGB": 3, "Lab": 3, "DeviceCMYK": 4,
}  # fmt: skip
_SHORT = {
    "/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK", "/DeviceGray": "DeviceGray",
    "/DeviceRGB": "DeviceRGB", "/DeviceCMYK": "DeviceCMYK", "/Pattern": "Pattern",
}  # fmt: skip
_DEEPEST = 8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Space:
    """A colour space."""

    name: str
    """DeviceCMYK, ICCBased/3, Lab, Separation/<ink>, DeviceN/<inks>, Indexed/<space>, Pattern."""
    size: int = 1
    """How many numbers a colour has."""
    inks: tuple[str, ...] = ()
    """Of a Separation or DeviceN, their names."""
    base: "Space | None" = None
    """Below an Indexed space, a tint transform, or a Pattern without colours of its own."""
    tint: Function | None = field(default=None, repr=False)
    table: bytes = field(default=b"", repr=False)
    """Of an Indexed space."""

    @property
    def family(self) -> str:
        """The space without what it is based on, such as Separation."""
        return self.name.partition("/")[0]

    def start(self) -> tuple[float, ...]:
        """Return the colour that a space begins with."""
        if self.family in ("Separation", "DeviceN"):
            return (1.0,) * self.size
        if self.size == 4:
            return (0.0, 0.0, 0.0, 1.0)
        return (0.0,) * self.size


GRAY, RGB, CMYK = (Space(name=name, size=_SIZES[name]) for name in
                   ("DeviceGray", "DeviceRGB", "DeviceCMYK"))  # fmt: skip
PATTERN = Space(name="Pattern", size=0)
UNKNOWN = Space(name="unknown", size=0)
_DEVICES = {"DeviceGray": GRAY, "DeviceRGB": RGB, "DeviceCMYK": CMYK, "Pattern": PATTERN}


def space_of(made: Any, resources: Any = None, depth: int = 0) -> Space:
    """Return the colour space that an object describes, by name or in full."""
    if depth > _DEEPEST:
        return UNKNOWN
    if isinstance(made, str | pikepdf.Name):
        short = _SHORT.get(str(made))
        named = _named(resources, str(made)) if short is None else None
        if short is not None:
            return _DEVICES[short]
        return space_of(named, None, depth + 1) if named is not None else UNKNOWN
    parts = list(made) if isinstance(made, pikepdf.Array | list) else []
    if not parts:
        return GRAY if made is None else UNKNOWN
    family = _name(parts[0])
    if len(parts) == 1:
        return _DEVICES.get(_SHORT.get("/" + family, ""), UNKNOWN)
    maker = _FAMILIES.get(family)
    if maker is not None:
        return maker(parts, resources, depth + 1)
    return Space(name=family, size=_SIZES[family]) if family in _SIZES else UNKNOWN


def _named(resources: Any, name: str) -> Any:
    if not isinstance(resources, pikepdf.Dictionary):
        return None
    spaces = resources.get("/ColorSpace")
    return spaces.get(name) if isinstance(spaces, pikepdf.Dictionary) else None


def _profiled(parts: Sequence[Any], _: Any, __: int) -> Space:
    profile = parts[1]
    size = int(number(profile.get("/N"))) if isinstance(profile, pikepdf.Stream) else 0
    return Space(name=f"ICCBased/{size}", size=size if size in (1, 3, 4) else 0)


def _indexed(parts: Sequence[Any], resources: Any, depth: int) -> Space:
    base = space_of(parts[1], resources, depth)
    table = parts[3] if len(parts) > 3 else b""
    if isinstance(table, pikepdf.Stream):
        table = table.read_bytes()
    elif not isinstance(table, bytes):
        table = bytes(table) if isinstance(table, pikepdf.String) else b""
    return Space(name=f"Indexed/{base.name}", base=base, table=table[: 256 * 32])


def _name(part: Any) -> str:
    """Return a name without its slash, as the content or an object has it."""
    return (part if isinstance(part, str) else name_of(part))[1:]


def _mixed(parts: Sequence[Any], resources: Any, depth: int) -> Space:
    """Return a Separation or a DeviceN."""
    family = _name(parts[0])
    given = list(parts[1])[:32] if isinstance(parts[1], pikepdf.Array | list) else [parts[1]]
    inks = tuple(_name(ink) for ink in given if isinstance(ink, str | pikepdf.Name))
    base = space_of(parts[2], resources, depth) if len(parts) > 2 else UNKNOWN
    tint = function_of(parts[3]) if len(parts) > 3 else None
    name = f"{family}/{'+'.join(inks)}"
    return Space(name=name, size=len(inks), inks=inks, base=base, tint=tint)


def _patterned(parts: Sequence[Any], resources: Any, depth: int) -> Space:
    base = space_of(parts[1], resources, depth)
    return Space(name="Pattern", size=base.size, base=base)


_FAMILIES = {
    "ICCBased": _profiled,
    "Indexed": _indexed,
    "I": _indexed,
    "Separation": _mixed,
    "DeviceN": _mixed,
    "Pattern": _patterned,
}


def process_inks(space: Space, colour: Sequence[float], depth: int = 0) -> Inks | None:
    """Return a colour as the four inks; None where the file alone cannot tell (RGB, Lab)."""
    if len(colour) < space.size or depth > _DEEPEST:
        return None
    if space.name in ("DeviceGray", "CalGray", "ICCBased/1"):
        return (0.0, 0.0, 0.0, _held(1 - colour[0]))
    if space.name in ("DeviceCMYK", "ICCBased/4"):
        cyan, magenta, yellow, black = map(_held, colour[:4])
        return (cyan, magenta, yellow, black)
    if space.family == "Indexed" and space.base is not None:
        return process_inks(space.base, looked_up(space, colour[0]), depth + 1)
    if space.inks and all(ink in PROCESS or ink == "None" for ink in space.inks):
        given = dict(zip(space.inks, map(_held, colour), strict=False))
        cyan, magenta, yellow, black = (given.get(ink, 0.0) for ink in PROCESS)
        return (cyan, magenta, yellow, black)
    if space.inks == ("All",):
        return (_held(colour[0]),) * 4
    if space.tint is not None and space.base is not None:
        try:
            return process_inks(space.base, space.tint(list(colour[: space.size])), depth + 1)
        except ValueError:
            return None
    return None


def ink_total(space: Space, colour: Sequence[float]) -> float | None:
    """Return the inks that a colour puts on paper, 1 for each in full; None if nobody can tell."""
    if space.inks and len(colour) >= space.size:
        shares = {"All": 4.0, "None": 0.0}
        pairs = zip(space.inks, colour, strict=False)
        return sum(shares.get(ink, 1.0) * _held(one) for ink, one in pairs)
    if space.base is not None and space.family == "Indexed" and colour:
        return ink_total(space.base, looked_up(space, colour[0]))
    inks = process_inks(space, colour)
    return sum(inks) if inks is not None else None


def is_white(space: Space, colour: Sequence[float]) -> bool:
    """Tell whether a colour leaves the paper as it is."""
    if space.family == "Indexed" and space.base is not None and colour:
        return is_white(space.base, looked_up(space, colour[0]))
    if len(colour) < space.size or not space.size:
        return False
    if space.size == 3 and not space.inks:
        if space.name == "Lab":
            return colour[0] >= 100 and abs(colour[1]) < 1 and abs(colour[2]) < 1
        return min(colour[:3]) >= 0.999
    total = ink_total(space, colour)
    return total is not None and total < 0.001


def looked_up(space: Space, index: float) -> tuple[float, ...]:
    """Return the colour at an index of an Indexed space's table."""
    assert space.base is not None
    size = space.base.size
    raw = space.table[int(index) * size : (int(index) + 1) * size] if index >= 0 else b""
    if space.base.name == "Lab" and len(raw) == 3:
        return (raw[0] / 2.55, raw[1] - 128.0, raw[2] - 128.0)
    return tuple(byte / 255 for byte in raw)


def _held(share: float) -> float:
    return max(0.0, min(1.0, share))
