"""Forms, and the groups of soft masks: content of its own, drawn by another."""

from typing import Any

from pikepdf import Dictionary

from printkit.preflight.geometry import matrix_of, times
from printkit.preflight.objects import listed_in
from printkit.preflight.shelf import key_of
from printkit.preflight.walk import Walk, once, placed


def draw_form(walk: Walk, form: Any, *, masks: bool = False) -> None:
    """Read a form where the state has it: its matrix, its bounds, its group."""
    key = key_of(form)
    if key in walk.within:
        walk.trouble("A form draws itself.")
        return
    state = walk.state.copy()
    if "/Matrix" in form:
        state.ctm = times(matrix_of(listed_in(form.get("/Matrix"))), state.ctm)
    bounds = placed(listed_in(form.get("/BBox")), state.ctm)
    group = form.get("/Group")
    if isinstance(group, Dictionary) and group.get("/S") == "/Transparency":
        state.group()
    outer, walk.state = walk.state, state
    if bounds is not None:
        walk.clip(bounds)
    walk.state = outer
    own = form.get("/Resources")
    walk.masks += masks
    walk.within.append(key)
    walk.inside(form, own if isinstance(own, Dictionary) else None, state)
    walk.within.pop()
    walk.masks -= masks


def read_mask(walk: Walk, group: Any) -> None:
    """Read the group of a soft mask: nothing in it is ink, but its fonts must be there."""
    if once(walk, "mask", group.objgen):
        draw_form(walk, group, masks=True)
