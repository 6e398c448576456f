"""Objects as bytes: what they refer to is found and replaced, whatever their strings say."""

import io

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from printkit.stamp.objects import (
    MOST_IN_PACK,
    as_object,
    joined,
    pack,
    packs_for,
    references,
    renumbered,
    taken,
)
from printkit.stamp.tables import ended, table_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["1 0 R", "(2 0 R", "\\(3 0 R)", "> 4 0 R <", "\\", "\\\\) 5 0 R"]
)


@given(TEXT, TEXT.filter(lambda name: "\0" not in name), st.lists(st.integers(1, 9)))
def test_only_references_are_renumbered(text: str, name: str, numbers: list[int]) -> None:
    with pikepdf.new() as pdf:
        while len(pdf.objects) < 10:
            pdf.make_indirect(Dictionary())
        told = Dictionary(A=String(text), B=Array([7, 0, *(pdf.get_object(n, 0) for n in numbers)]))
        told[Name("/" + name)] = 12
        before = told.unparse()
        assert references(before) == numbers
        written = renumbered(before, lambda number: number + 100)
        assert joined(written, {number: number - 100 for number in range(100, 110)}) == before
        after = joined(written, {number + 100: 10 - number for number in range(1, 10)})
        assert references(after) == [10 - number for number in numbers]
        assert bytes(pikepdf.Object.parse(before.replace(b" 0 R", b"")).A) == bytes(
            pikepdf.Object.parse(after.replace(b" 0 R", b"")).A
        )


def test_objects_are_taken_with_all_they_refer_to() -> None:
    with pikepdf.new() as pdf:
        loop = pdf.make_indirect(Dictionary())
        loop.Self, loop.Number = loop, pdf.make_indirect(Array([1, True, None, Name.A]))
        loop.Stream = pdf.make_stream(b"0 g " * 50)
        found = taken(pdf, [loop.objgen[0]])
        assert list(found) == [loop.objgen[0], loop.Number.objgen[0], loop.Stream.objgen[0]]
        assert found[loop.Number.objgen[0]].text == b"[ 1 true null /A ]"
        stream = found[loop.Stream.objgen[0]]
        assert stream.stream is not None
        assert len(stream.stream) < 50
        assert b"/Length %d" % len(stream.stream) in stream.text


def test_packs_are_counted_where_there_are_some() -> None:
    assert packs_for(0, "1.7") == packs_for(500, "1.4") == 0
    assert packs_for(1, "1.5") == packs_for(MOST_IN_PACK, "1.6") == 1
    assert packs_for(MOST_IN_PACK + 1, "1.6") == 2


@pytest.mark.parametrize("is_packed", [True, False])
@given(count=st.integers(0, 40))
def test_a_table_begun_once_is_ended_by_each_file(is_packed: bool, count: int) -> None:
    texts = [b"<< /Type /Catalog /Pages 2 0 R /X 3 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    texts += [b"[ %d (x) ]" % number for number in range(1, count + 2)]
    head = b"%PDF-1.5\n" + as_object(1, texts[0])
    places = [(len(b"%PDF-1.5\n"), 0)]
    rest = list(enumerate(texts[1:], start=2))
    body, ends = b"", []
    if is_packed:
        number = len(texts) + 1
        ends = [(-number, index) for index in range(len(rest))]
        body = as_object(number, *pack(rest, level=6))
        ends.append((len(head), 0))
    else:
        for one, text in rest:
            ends.append((len(head) + len(body), 0))
            body += as_object(one, text)
    table = table_of(places, is_packed=is_packed)
    at = len(head) + len(body)
    data = head + body + ended(table, ends, at=at, trailer=b"/Root 1 0 R")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.get_warnings() == []
        assert pdf.Root.X.as_list() == [1, String("x")]
        for one, text in rest[1:]:
            assert pdf.get_object(one, 0).unparse(resolved=True) == text
