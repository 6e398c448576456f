"""Matrices and rectangles in points, as PDF has them: the origin at the bottom left."""

import math
from collections.abc import Iterable
from typing import Any

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
FARTHEST_PT = 1e7
"""Coordinates beyond are taken for it: no paper is as large."""


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does the inner's work first, and then the outer's."""
    a, b, c, d, e, f = inner
    o, p, q, r, s, t = outer
    return (a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r,
            e * o + f * q + s, e * p + f * r + t)  # fmt: skip


def moved(box: Box, by: Matrix) -> Box:
    """Return the bounds of a rectangle under a matrix."""
    a, b, c, d, e, f = by
    left, bottom, right, top = box
    if b == 0 == c:
        x, u = left * a + e, right * a + e
        y, v = bottom * d + f, top * d + f
        return (min(x, u), min(y, v), max(x, u), max(y, v))
    xs = (left * a + bottom * c + e, right * a + bottom * c + e,
          left * a + top * c + e, right * a + top * c + e)  # fmt: skip
    ys = (left * b + bottom * d + f, right * b + bottom * d + f,
          left * b + top * d + f, right * b + top * d + f)  # fmt: skip
    return (min(xs), min(ys), max(xs), max(ys))


def common(one: Box, other: Box) -> Box | None:
    """Return what two rectangles share, be it a line; None where they are apart."""
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    right, top = min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left <= right and bottom <= top else None


def overlaps(one: Box, other: Box) -> bool:
    """Tell whether two rectangles share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def lies_in(inner: Box, outer: Box, near: float = 0.0) -> bool:
    """Tell whether a rectangle lies within another, to a tolerance."""
    return (
        inner[0] >= outer[0] - near
        and inner[1] >= outer[1] - near
        and inner[2] <= outer[2] + near
        and inner[3] <= outer[3] + near
    )


def around(boxes: Iterable[Box]) -> Box:
    """Return the bounds of rectangles."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (min(lefts), min(bottoms), max(rights), max(tops))


def grown(box: Box, by: float) -> Box:
    """Return a rectangle that is larger by a length on each side."""
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def scale_of(matrix: Matrix) -> float:
    """Return how much a matrix enlarges, on the average of its directions."""
    return math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def tall(matrix: Matrix) -> float:
    """Return how tall a matrix makes what is 1 high, measured across its base line."""
    width = math.hypot(matrix[0], matrix[1])
    area = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
    return area / width if width else math.hypot(matrix[2], matrix[3])


def number(value: Any, otherwise: float = 0.0) -> float:
    """Return a finite number of whatever a file gives for one."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return max(-FARTHEST_PT, min(FARTHEST_PT, found)) if math.isfinite(found) else otherwise


def matrix_of(values: Any) -> Matrix:
    """Return six numbers as a matrix; anything else changes nothing."""
    try:
        a, b, c, d, e, f = (number(value) for value in values)
    except (TypeError, ValueError):
        return IDENTITY
    return (a, b, c, d, e, f)


def box_of(values: Any) -> Box | None:
    """Return four numbers as a rectangle with its edges in order; None for anything else."""
    try:
        left, bottom, right, top = (number(value) for value in values)
    except (TypeError, ValueError):
        return None
    return (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
