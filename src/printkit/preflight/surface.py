"""What is painted on a page so far: enough to tell what white lies on, and what text lies on."""

from collections import deque

from printkit.preflight.geometry import Box, around, lies_in, overlaps
from printkit.preflight.marking import Paint

_MOST = 150
"""Areas, and other marks, that are remembered one by one."""


class Surface:
    """The latest areas with their paints, and where anything else was painted."""

    __slots__ = ("_areas", "_forgotten", "_others")

    def __init__(self) -> None:
        self._areas: deque[tuple[Box, Paint]] = deque(maxlen=_MOST)
        self._others: deque[Box] = deque(maxlen=_MOST)
        self._forgotten: Box | None = None

    def area(self, box: Box, paint: Paint) -> None:
        """Put an area down."""
        if len(self._areas) == _MOST and not self._areas[0][1].white:
            self._forget(self._areas[0][0])
        self._areas.append((box, paint))

    def other(self, box: Box) -> None:
        """Put down a mark that nothing is likely to stand on."""
        if len(self._others) == _MOST:
            self._forget(self._others[0])
        self._others.append(box)

    def under(self, box: Box) -> Paint | None:
        """Return the last area painted below the middle of a box."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        for (left, bottom, right, top), paint in reversed(self._areas):
            if left <= x <= right and bottom <= y <= top:
                return paint
        return None

    def shows_white(self, box: Box) -> bool:
        """Tell whether anything but white would be seen where a box is now."""
        for area, paint in reversed(self._areas):
            if overlaps(area, box):
                if not paint.white:
                    return True
                if lies_in(box, area) and not paint.clear:
                    return False
        if self._forgotten is not None and overlaps(self._forgotten, box):
            return True
        return any(overlaps(other, box) for other in self._others)

    def _forget(self, box: Box) -> None:
        self._forgotten = around((self._forgotten, box)) if self._forgotten is not None else box
