"""Text: where each run of it stands, how tall it is, what it says, and in which paint."""

import math
from typing import Any

from pikepdf import Dictionary, Stream

from printkit.preflight.faces import Face
from printkit.preflight.geometry import IDENTITY, Box, around, moved, tall, times
from printkit.preflight.marking import Hidden, Shown
from printkit.preflight.objects import entry
from printkit.preflight.patterns import put
from printkit.preflight.walk import Handlers, Walk, once

_NO_INK = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_DEEP = frozenset("Qgjpqy,;()[]{}|@$_/\\&")
"""Letters of ASCII that reach below the line, in one face or another."""
_FACELESS = Face(key=(0, 0), name="", usual=500.0)


def _begin(walk: Walk, _: list[Any]) -> None:
    walk.text = [IDENTITY, IDENTITY]
    walk.text_clips = None


def _end(walk: Walk, _: list[Any]) -> None:
    if walk.text_clips is not None:
        walk.clip(around(walk.text_clips) if walk.text_clips else None)
    walk.text_clips = None


def _font(walk: Walk, operands: list[Any]) -> None:
    walk.state.font = walk.resources.face(operands[0]) or _FACELESS
    walk.state.font_size = operands[1]


def _next_line(walk: Walk, operands: list[Any]) -> None:
    x, y = operands
    line = times((1.0, 0.0, 0.0, 1.0, x, y), walk.text[1])
    walk.text = [line, line]


def _next_line_leading(walk: Walk, operands: list[Any]) -> None:
    walk.state.leading = -operands[1]
    _next_line(walk, operands)


def _feed(walk: Walk, _: list[Any]) -> None:
    _next_line(walk, [0.0, -walk.state.leading])


def _matrix(walk: Walk, operands: list[Any]) -> None:
    a, b, c, d, e, f = operands
    walk.text = [(a, b, c, d, e, f)] * 2


def _set(name: str, share: float = 1.0) -> Any:
    def set_(walk: Walk, operands: list[Any]) -> None:
        setattr(walk.state, name, float(operands[0]) * share)

    return set_


def _mode(walk: Walk, operands: list[Any]) -> None:
    walk.state.mode = int(operands[0])


def _show(walk: Walk, operands: list[Any]) -> None:
    _shown(walk, operands[0], 0.0)


def _show_parts(walk: Walk, operands: list[Any]) -> None:
    """Show a list of strings with moves in between, in thousandths of the size."""
    parts = operands[0]
    moves = sum(part for part in parts if isinstance(part, float))
    _shown(walk, b"".join(part for part in parts if isinstance(part, bytes)), moves)


def _show_on_next(walk: Walk, operands: list[Any]) -> None:
    _feed(walk, [])
    _show(walk, operands[-1:])


def _show_spaced(walk: Walk, operands: list[Any]) -> None:
    walk.state.word_space, walk.state.char_space = float(operands[0]), float(operands[1])
    _show_on_next(walk, operands)


def _shown(walk: Walk, text: bytes, moves: float) -> None:
    """Put a run of text down, and go on behind it."""
    state = walk.state
    face: Face = state.font or _FACELESS
    codes = face.codes(text)
    words = "".join([face.letters.get(code, "\ufffd") for code in codes])
    size, widths, usual = state.font_size, face.widths, face.usual
    run = sum([widths.get(code, usual) for code in codes]) - moves
    spaces = 0 if face.wide else text.count(b" ")
    if face.upright:
        length = (-1000.0 * len(codes) - moves) / 1000 * size
        length -= state.char_space * len(codes)
        box: Box = (-size / 2, min(0.0, length), size / 2, max(0.0, length))
        step = (1.0, 0.0, 0.0, 1.0, 0.0, length)
    else:
        length = run / 1000 * size + state.char_space * len(codes) + state.word_space * spaces
        length *= state.stretch
        flat = words.isascii() and _DEEP.isdisjoint(words) and face.glyphs is None
        low = (0.0 if flat else face.descent * size) + state.rise
        high = face.ascent * size + state.rise
        box = (min(0.0, length), min(low, high), max(0.0, length), max(low, high))
        step = (1.0, 0.0, 0.0, 1.0, length, 0.0)
    matrix = times(walk.text[0], state.ctm)
    walk.text[0] = times(step, walk.text[0])
    if codes and math.isfinite(length):
        height = None if face.em is None else abs(size) * face.em * tall(matrix)
        _put(walk, face, codes, words, moved(box, matrix), height)


def _put(walk: Walk, face: Face, codes: Any, text: str, box: Box, height: float | None) -> None:
    state = walk.state
    missing = sum(code in face.lacking for code in codes) if face.lacking else 0
    shown = Shown(font=face.key, name=face.name, text=text, missing=missing)
    hidden: Hidden = ""
    if state.mode in (3, 7):
        hidden = "invisible text"
    elif not missing and not text.translate(_NO_INK).strip():
        hidden = "blank text"
    if state.mode >= 4:
        walk.text_clips = [*(walk.text_clips or ()), box]
    if state.mode in (1, 5):
        put(walk, "text", box, lined=True, size_pt=height, shown=shown, hidden=hidden)
        return
    put(walk, "text", box, size_pt=height, shown=shown, hidden=hidden)
    if state.mode in (2, 6):
        put(walk, "text", box, lined=True, size_pt=height, shown=shown, hidden=hidden)
    if face.glyphs is not None and not hidden:
        _draw(walk, face, codes, box)


def _draw(walk: Walk, face: Face, codes: Any, box: Box) -> None:
    """Read the drawings of a Type 3 font's glyphs that bring their own colours."""
    drawings = entry(face.glyphs, "/CharProcs")
    for code in dict.fromkeys(codes):
        glyph = drawings.get("/" + face.names[code]) if code in face.names else None
        if isinstance(glyph, Stream) and once(walk, "glyph", face.key, face.names[code]):
            state = walk.state.copy()
            size = (state.font_size * state.stretch, 0.0, 0.0, state.font_size, 0.0, state.rise)
            state.ctm = times(face.matrix, times(size, times(walk.text[0], state.ctm)))
            own = face.glyphs.get("/Resources")
            resources = own if isinstance(own, Dictionary) else None
            walk.inside(glyph, resources, state, frame=box)


def _stencil(walk: Walk, _: list[Any]) -> None:
    """Begin a glyph without colours of its own: the text mark has told all of it."""
    walk.state.fixed = True
    walk.state.clip = None


HANDLERS: Handlers = {
    b"BT": _begin,
    b"ET": _end,
    b"Tf": _font,
    b"Td": _next_line,
    b"TD": _next_line_leading,
    b"T*": _feed,
    b"Tm": _matrix,
    b"Tc": _set("char_space"),
    b"Tw": _set("word_space"),
    b"TL": _set("leading"),
    b"Ts": _set("rise"),
    b"Tz": _set("stretch", 0.01),
    b"Tr": _mode,
    b"Tj": _show,
    b"TJ": _show_parts,
    b"'": _show_on_next,
    b'"': _show_spaced,
    b"d1": _stencil,
}
