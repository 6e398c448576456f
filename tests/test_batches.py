"""A region's batch holds what it ordered: every copy, every edition, under names of its own."""

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printkit.batches import batches_for, file_name, write_files
from printkit.jobs import Target
from printkit.pieces import EDITION_NAMES
from printkit.press import Made
from printkit.regions import Order, Region

PIECES = ("card", "know-your-rights", "poster")
LANGUAGES = ("en", "es", "zh-Hant", "mul")
SLUGS = ("fresno", "san-luis-obispo", "california")


def region(slug: str) -> Region:
    county = slug != "california"
    return Region(
        slug=slug,
        fips="06019" if county else "06",
        name=slug.title(),
        kind="county" if county else "state",
        counties=(slug,),
        population=1,
        help=None,
        event=None,
    )


REGIONS = {slug: region(slug) for slug in SLUGS}


def order(line: int, region: str, language: str, piece: str, copies: int = 50) -> Order:
    return Order(region=region, language=language, piece=piece, copies=copies, line=line)


def made(
    *orders: Order, edition: str = "press", code: str = "AB12CD", file: str | None = "x.pdf"
) -> Made:
    shared = len(orders) > 1
    return Made(
        piece=orders[0].piece,
        language=orders[0].language,
        edition=edition,
        target=Target(
            region=None if shared else orders[0].region,
            label="",
            landing_url="",
            texts=(),
            orders=orders,
        ),
        trim=(4.25, 5.5),
        draft=True,
        findings=(),
        code=code,
        file=file,
    )


@st.composite
def ordered(draw: st.DrawFn) -> tuple[list[Order], list[Made]]:
    """Orders as orders.csv may hold them, and every sheet that comes of them."""
    keys = draw(
        st.lists(
            st.tuples(st.sampled_from(SLUGS), st.sampled_from(LANGUAGES), st.sampled_from(PIECES)),
            unique=True,
            min_size=1,
        )
    )
    orders = [
        order(line, *key, draw(st.integers(min_value=1, max_value=5_000_000)))
        for line, key in enumerate(keys, 2)
    ]
    by_piece = {piece: draw(st.booleans()) for piece in PIECES}
    sheets = []
    for edition in EDITION_NAMES:
        groups: dict[tuple[str, ...], list[Order]] = {}
        for one in orders:
            region = (one.region,) if by_piece[one.piece] else ()
            groups.setdefault((one.piece, one.language, *region), []).append(one)
        for number, group in enumerate(groups.values()):
            file = draw(st.sampled_from([None, f"{number}.pdf"]))
            sheets.append(made(*group, edition=edition, code=f"{number:06}", file=file))
    return orders, draw(st.permutations(sheets))


@given(ordered())
def test_copies_in_batches_equal_copies_ordered(case: tuple[list[Order], list[Made]]) -> None:
    orders, sheets = case
    batches = batches_for(sheets, REGIONS, "1.0")
    for edition in EDITION_NAMES:
        in_batches = sorted(
            (batch.region.slug, line.order.language, line.order.piece, line.order.copies)
            for batch in batches
            for line in batch.lines
            if line.made.edition == edition
        )
        asked = sorted((one.region, one.language, one.piece, one.copies) for one in orders)
        assert in_batches == asked
    assert sum(len(batch.lines) for batch in batches) == len(orders) * len(EDITION_NAMES)


@given(ordered())
def test_batches_and_their_lines_stand_in_the_order_of_the_orders(
    case: tuple[list[Order], list[Made]],
) -> None:
    orders, sheets = case
    batches = batches_for(sheets, REGIONS, "1.0")
    assert [batch.region.slug for batch in batches] == list(
        dict.fromkeys(one.region for one in orders)
    )
    for batch in batches:
        lines = [(line.order.line, EDITION_NAMES.index(line.made.edition)) for line in batch.lines]
        assert lines == sorted(lines)


SAFE = set(string.ascii_letters + string.digits + "._-")


@given(ordered())
def test_names_are_unique_whatever_the_case_and_safe_on_every_disk(
    case: tuple[list[Order], list[Made]],
) -> None:
    for batch in batches_for(case[1], REGIONS, "1.0"):
        names = [line.file for line in batch.lines if line.file is not None]
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            edition, _, file = name.partition("/")
            assert edition in EDITION_NAMES
            assert set(file) <= SAFE
            assert len(file) < 200
            assert file.endswith(".pdf")


def test_a_name_tells_place_language_piece_version_size_count_and_code() -> None:
    one = order(2, "fresno", "es", "card", 5200)
    assert (
        file_name(made(one), one, REGIONS["fresno"], "1.0")
        == "06019_es_card_v1.0_4.25x5.5_q5200_ab12cd.pdf"
    )
    state = order(3, "california", "ar", "card", 50)
    assert (
        file_name(made(state, edition="screen"), state, REGIONS["california"], "2026.1")
        == "california_ar_card_v2026.1_4.25x5.5_ab12cd.pdf"
    ), "of a screen file nobody prints copies"


def test_a_withheld_sheet_has_its_line_and_no_file() -> None:
    good, bad = order(2, "fresno", "es", "card"), order(3, "fresno", "es", "poster")
    batch, *others = batches_for([made(good), made(bad, file=None)], REGIONS, "1.0")
    assert others == []
    assert [line.file is None for line in batch.lines] == [False, True]


def test_a_sheet_that_regions_share_is_stored_once(tmp_path: Path) -> None:
    store, folder = tmp_path / "store", tmp_path / "batches"
    store.mkdir()
    (store / "shared.pdf").write_bytes(b"%PDF")
    orders = [order(line, slug, "es", "card") for line, slug in enumerate(SLUGS, 2)]
    batches = batches_for([made(*orders, file="shared.pdf")], REGIONS, "1.0")
    write_files(batches, store, folder)
    paths = sorted(folder.rglob("*.pdf"))
    assert [path.parent.parent.name for path in paths] == sorted(SLUGS)
    assert len({path.stat().st_ino for path in paths}) == 1


def test_a_disk_without_hard_links_holds_copies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(source: Path, path: Path) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr("os.link", refused)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    batches = batches_for([made(order(2, "fresno", "es", "card"), file="a.pdf")], REGIONS, "1.0")
    write_files(batches, tmp_path, tmp_path / "batches")
    (path,) = (tmp_path / "batches").rglob("*.pdf")
    assert path.read_bytes() == b"%PDF"
    assert path.stat().st_nlink == 1


def test_no_sheets_make_no_batches() -> None:
    assert batches_for([], REGIONS, "1.0") == ()
