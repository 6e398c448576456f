"""No region goes short, no good copy is thrown away, and what a reader relies on is never old."""

import datetime
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from test_built import entry, write_build

from printkit.built import Built, Sheet, load_built
from printkit.ledger import Entry
from printkit.reorder_words import reorder_json, reorder_lines
from printkit.reorders import grouped, ledger_prices, rows_between

REGIONS, PIECES = ("fresno", "kern"), ("card", "poster")


def sheet(region: str, piece: str, copies: int, digest: str, words: str, edition: str) -> Sheet:
    return Sheet(
        file=f"{region}/{piece}.pdf" if digest else None, sha256="0" * 64, bytes=1, pages=1,
        piece=piece, language="es", edition=edition, region=region, copies=copies,
        trim=(4.25, 5.5), version="1.0", digest=digest, url=None, draft=False, counts={},
        failures=(), parts={"words": words, "style": digest},
    )  # fmt: skip


SHEETS = st.lists(
    st.builds(
        sheet,
        st.sampled_from(REGIONS),
        st.sampled_from(PIECES),
        st.integers(0, 500),
        st.sampled_from(["AA1111", "BB2222", ""]),
        st.sampled_from("12"),
        st.sampled_from(["press", "copier", "screen"]),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)
BUILDS = st.builds(
    lambda sheets: Built(folder=Path("x"), version="1.0", sheets=tuple(sheets)), SHEETS
)


def no_price(sheet: Sheet, copies: int) -> Decimal | None:
    return None


@given(BUILDS, BUILDS)
def test_every_region_has_its_copies_and_every_old_copy_its_end(old: Built, new: Built) -> None:
    rows = rows_between(old, new)
    for row in rows:
        if row.kind == "withheld":
            assert row.order == row.keep == row.recycle == 0
            continue
        had = row.old.copies if row.old else 0
        wanted = row.new.copies if row.new else 0
        assert row.keep + row.recycle == had
        if row.new:
            assert row.order == max(0, wanted - row.keep), "enough, and not one too many"
        assert not (row.keep and row.change and row.change.matters)
    printed = {one.key[:3] for built in (old, new) for one in built.sheets if one.is_printed}
    told = [(row.sheet.region, row.sheet.language, row.sheet.piece) for row in rows]
    assert len(told) == len(set(told)) and {*told} <= printed
    groups = grouped(rows, no_price)
    for count in ("order", "keep", "recycle"):
        assert sum(getattr(one, count) for one in groups) == sum(
            getattr(one, count) for one in rows
        )
    assert reorder_lines(old, new, groups)
    assert reorder_json(old, new, groups)["order"] == sum(row.order for row in rows)


@given(BUILDS)
def test_a_build_beside_itself_needs_nothing(built: Built) -> None:
    rows = rows_between(built, built)
    assert {row.kind for row in rows} <= {"keep", "withheld"}
    assert sum(row.order + row.recycle for row in rows) == 0


def two_builds(tmp_path: Path) -> tuple[Built, Built]:
    parts = {"words": "1", "style": "1"}
    held = {"digest": None, "file": None, "sha256": None}
    old = write_build(
        tmp_path / "1.0",
        entry(digest="AA1111", copies=300, parts=parts),
        entry(digest="AA2222", copies=200, parts=parts, region="kern"),
        entry(digest="BB1111", copies=100, parts=parts, piece="poster"),
        entry(digest="BB2222", copies=100, parts=parts, piece="poster", region="kern"),
        entry(digest="CC1111", copies=50, parts=parts, piece="brochure"),
    )
    new = write_build(
        tmp_path / "1.1",
        entry(digest="AA3333", copies=350, parts=parts | {"words": "2"}, version="1.1"),
        entry(digest="AA4444", copies=200, parts=parts | {"words": "2"}, region="kern"),
        entry(digest="BB3333", copies=100, parts=parts | {"style": "2"}, piece="poster"),
        entry(digest="BB2222", copies=160, parts=parts, piece="poster", region="kern"),
        entry(digest="DD1111", copies=70, parts=parts, language="so"),
        entry(**held, copies=10, language="km"),
        version="1.1",
    )
    return load_built(old), load_built(new)


def test_what_to_do_is_told_at_a_glance(tmp_path: Path) -> None:
    old, new = two_builds(tmp_path)
    groups = grouped(rows_between(old, new), no_price)
    assert reorder_lines(old, new, groups) == [
        "From version 1.0 to version 1.1.",
        "Order 680 copies (no prices known). 200 old ones can still be handed out, 500 are out of "
        "date.",
        "Copies are as ordered by regions, without the shop's lots and spares.",
        "",
        "Order anew, and recycle the old ones:",
        "  card, Spanish (es): 550 copies, for fresno, kern. Changed: its text.",
        "",
        "Order more; the old ones are still good:",
        "  poster, Spanish (es): 60 copies beside 100 old ones, for kern.",
        "",
        "Order for the first time:",
        "  card, so: 70 copies, for fresno.",
        "",
        "Nothing to do: hand out what there is:",
        "  poster, Spanish (es): 100 copies, for fresno. Changed: its design.",
        "",
        "No longer ordered by these regions:",
        "  brochure, Spanish (es): 50 copies, for fresno.",
        "",
        "Could not be made: see FAIL in the newer build, and decide then:",
        "  card, Khmer (Cambodian) (km): none, for fresno.",
    ]


def test_money_goes_by_what_was_last_paid(tmp_path: Path) -> None:
    old, new = two_builds(tmp_path)

    def paid(piece: str, price: str | None, copies: int, language: str = "es") -> Entry:
        return Entry(
            on=datetime.date(2026, 7, 1), shop="s", version="1.0", code="AA1111", sha256="0",
            piece=piece, language=language, region="fresno", edition="press", copies=copies,
            price=Decimal(price) if price else None,
        )  # fmt: skip

    prices = ledger_prices(
        [paid("card", "99", 1), paid("card", "50.00", 500), paid("card", None, 3)]
    )
    lines = reorder_lines(old, new, grouped(rows_between(old, new), prices))
    assert lines[1].startswith("Order 680 copies, $62.00 where prices are known.")
    assert (
        "  card, Spanish (es): 550 copies, about $55.00, for fresno, kern. Changed: its text."
        in lines
    )
    assert "  card, so: 70 copies, about $7.00, for fresno." in lines
    whole = ledger_prices([paid("card", "50", 500), paid("poster", "30", 100)])
    lines = reorder_lines(old, new, grouped(rows_between(old, new), whole), currency="EUR")
    assert lines[1].startswith("Order 680 copies, about 80.00 EUR.")


def test_copies_of_one_file_are_priced_together(tmp_path: Path) -> None:
    old = load_built(write_build(tmp_path / "1.0"))
    both = [entry(digest="AA1111", copies=100), entry(digest="AA1111", copies=50, region="kern")]
    new = load_built(write_build(tmp_path / "1.1", *both))
    asked = []

    def price(sheet: Sheet, copies: int) -> Decimal:
        asked.append(copies)
        return Decimal(7)

    (group,) = grouped(rows_between(old, new), price)
    assert asked == [150] and group.price == 7


def test_copies_are_made_of_one_edition(tmp_path: Path) -> None:
    old = load_built(write_build(tmp_path / "1.0"))
    both = [
        entry(edition=name, digest=f"AA111{number}")
        for number, name in enumerate(("press", "copier", "screen"))
    ]
    new = load_built(write_build(tmp_path / "1.1", *both, entry(edition="copier", piece="kit")))
    rows = rows_between(old, new)
    assert [(row.sheet.piece, row.sheet.edition) for row in rows] == [
        ("card", "press"),
        ("kit", "copier"),
    ]
    assert [row.sheet.edition for row in rows_between(old, new, edition="copier")] == ["copier"] * 2
