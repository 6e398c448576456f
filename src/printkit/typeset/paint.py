"""Makes WeasyPrint paint in an edition's inks while a PDF is written."""

import contextlib
from collections.abc import Iterator

from weasyprint.pdf.stream import Stream

from printkit.inks import Paint


@contextlib.contextmanager
def painted_with(paint: Paint) -> Iterator[None]:
    """Replace the two places where WeasyPrint chooses a colour space, and put them back after."""
    if paint.space == "DeviceRGB":
        yield
        return
    space = f"/{paint.space}"

    def set_color_rgb(
        stream: Stream, red: float, green: float, blue: float, stroke: bool = False
    ) -> None:
        stream.stream.append(paint.operator(red, green, blue, stroke=stroke))

    # set_color_rgb is inherited, so that deleting ours brings WeasyPrint's back.
    own_space = Stream._default_color_space
    Stream.set_color_rgb = set_color_rgb
    Stream._default_color_space = property(lambda stream: space)
    try:
        yield
    finally:
        del Stream.set_color_rgb
        Stream._default_color_space = own_space
