"""From a project and a budget to planned orders, and back again once somebody changed them."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from planning_kit import with_planning
from project_kit import change, write

from printkit.budgets import budget_of
from printkit.errors import UserError
from printkit.planning import Key
from printkit.project import Project, load_project
from printkit.proposing import Plan, Wish, orders_bytes, plan_for, put_in_place, questions_bytes
from printkit.regions import find_region


@pytest.fixture
def own(tiny: Path) -> Path:
    return with_planning(tiny)


def plan_of(root: Path, budget: str = "2000", **wish: object) -> tuple[Plan, Project]:
    project = load_project(root)
    return plan_for(project, Wish(budget=budget_of(budget), **wish)), project  # type: ignore[arg-type]


def rows_of(root: Path) -> dict[tuple[str, ...], str]:
    with (root / "regions" / "orders.csv").open(encoding="utf-8", newline="") as opened:
        return {(one[0], one[1], one[2]): one[3] for one in list(csv.reader(opened))[1:]}


def copies(plan: Plan) -> dict[Key, int]:
    return {row.key: row.copies for row in plan.shares.rows if row.copies}


def test_a_plan_written_and_planned_again_is_the_same(own: Path) -> None:
    plan, project = plan_of(own)
    put_in_place(plan, project)
    written = (own / "regions" / "orders.csv").read_bytes()
    again, project = plan_of(own)

    assert again.shares == plan.shares
    assert (dict(again.edits.kept), again.edits.out) == ({}, frozenset())
    assert orders_bytes(again, project) == written
    assert sum(map(int, rows_of(own).values())) == plan.shares.spent <= 2000
    assert not list((own / "regions").glob(".*"))


def test_each_row_says_what_it_rests_on(own: Path) -> None:
    plan, project = plan_of(own, "100000")
    lines = orders_bytes(plan, project).decode().splitlines()

    assert lines[0] == "region,language,piece,copies,note"
    assert 'fresno,es,leaf,200,"planned 200: 4,000 people (ACS, 2013-2017), exact count"' in lines
    assert "kern,mul,finder,5,planned 5: a fixed number for each region" in lines
    assert 'california,ar,leaf,100,"planned 100: the least, since no count is published"' in lines


def test_what_is_changed_after_a_plan_stays_through_every_later_one(own: Path) -> None:
    put_in_place(*plan_of(own))
    change(own, "regions/orders.csv", "kern,es,leaf,50,", "kern,es,leaf,70,")
    text = (own / "regions" / "orders.csv").read_text(encoding="utf-8")
    gone = next(line for line in text.splitlines() if line.startswith("fresno,es,leaf"))
    change(own, "regions/orders.csv", gone + "\n", "")
    write(own, "regions/orders.csv", (own / "regions" / "orders.csv").read_text() +
          "kern,ar,leaf,30,the mosque asked\n")  # fmt: skip

    for budget in ("2000", "900", "5000"):
        plan, project = plan_of(own, budget)
        kept = {key: order.copies for key, order in plan.edits.kept.items()}
        assert kept == {("kern", "es", "leaf"): 70, ("kern", "ar", "leaf"): 30}
        assert plan.edits.out == {("fresno", "es", "leaf")}
        assert plan.shares.spent_on_kept == 100
        put_in_place(plan, project)
        assert rows_of(own)["kern", "ar", "leaf"] == "30"
        assert ("fresno", "es", "leaf") not in rows_of(own)


def test_a_plan_copied_by_hand_is_no_hand_edit(own: Path) -> None:
    plan, project = plan_of(own)
    (own / "regions" / "orders.csv").write_bytes(orders_bytes(plan, project))
    assert not plan_of(own, "900")[0].edits.kept


def test_a_spreadsheets_csv_is_planned_from_and_written_plainly(own: Path) -> None:
    text = '\ufeffregion;language;piece;copies;note\r\n6029;es;leaf;70;"two\nlines"\r\n'
    (own / "regions" / "orders.csv").write_bytes(text.encode())
    plan, project = plan_of(own)

    assert copies(plan)["kern", "es", "leaf"] == 70
    assert b'kern,es,leaf,70,"two\nlines"\n' in orders_bytes(plan, project)


def test_the_shipped_orders_hold_no_hand_edit_and_a_large_budget_gives_them(
    shipped: Project,
) -> None:
    plan = plan_for(shipped, Wish(budget=budget_of("1,000,000")))
    ordered = {(one.region, one.language, one.piece): one.copies for one in shipped.orders}

    assert not plan.edits.kept and not plan.edits.out
    assert copies(plan) == ordered


def test_forty_thousand_copies_reach_every_county(shipped: Project) -> None:
    plan = plan_for(shipped, Wish(budget=budget_of("40000")))
    counties = {slug for slug, place in shipped.regions.items() if place.kind == "county"}

    assert plan.shares.spent <= 40_000 and not plan.shares.short
    assert {key[0] for key in copies(plan) if key[1] == "es"} == counties


def test_coverage_is_how_many_of_the_people_get_a_flyer(own: Path) -> None:
    plan, _ = plan_of(own, "1,000,000", coverage=Fraction(1, 10))
    assert copies(plan)["alameda", "es", "handbill"] == 1000
    assert copies(plan)["alameda", "es", "leaf"] == 2000


def test_a_favored_county_or_region_gets_more(own: Path) -> None:
    change(own, "regions/counties.csv", "06029,Kern,909235", "06029,Kern,99235")
    change(own, "regions/speakers.csv", "es,exact,500,120", "es,exact,9000,4000")
    even, _ = plan_of(own, "2000", floor=0)
    for favor in ("nonurban", "Nonurban=4", "kern", "Kern County=2.5"):
        favored, _ = plan_of(own, "2000", floor=0, favor=(favor,))
        kern = ("kern", "es", "handbill")
        assert copies(favored).get(kern, 0) > copies(even).get(kern, 0), favor


def test_wrong_words_are_told_all_at_once(own: Path) -> None:
    with pytest.raises(UserError) as told:
        plan_of(own, favor=("nonurbn", "kern=0", "kern=x", "kern=1=2"))
    assert str(told.value).splitlines() == [
        '--favor: "nonurbn" is neither nonurban nor a region. Did you mean "nonurban"?'
    ] + [
        f'--favor: "{asked}" has no weight from 1 to 10. '
        "Write it so: nonurban=2, or nonurban alone."
        for asked in ("kern=0", "kern=x", "kern=1=2")
    ]
    with pytest.raises(UserError, match='there is no piece "lefa"'):
        plan_of(own, without=("lefa",))
    with pytest.raises(UserError, match='--shop: there is no shop "nix"'):
        plan_of(own, shop="nix")


def test_without_counts_there_is_no_plan(own: Path) -> None:
    (own / "regions" / "speakers.csv").unlink()
    with pytest.raises(UserError, match=r"regions/speakers\.csv: "):
        plan_of(own)


def test_hand_edits_beyond_the_budget_are_told(own: Path) -> None:
    write(own, "regions/orders.csv", "region,language,piece,copies\nkern,es,leaf,3000\n")
    with pytest.raises(UserError) as told:
        plan_of(own)
    assert str(told.value) == (
        "regions/orders.csv: The rows that were changed by hand take 3,000 copies, and the budget "
        "is 2,000 copies. Raise the budget, or lower them: line 2."
    )


def test_a_last_plan_that_cannot_be_read_is_told(own: Path) -> None:
    write(own, "regions/last-plan.csv", "region,language,piece,copies\nnowhere,es,leaf,5\n")
    with pytest.raises(UserError, match=r"regions/last-plan\.csv:2: There is no region"):
        plan_of(own)


def test_questions_are_a_table_of_their_own(own: Path) -> None:
    plan, project = plan_of(own)
    head, row = questions_bytes(plan).decode().splitlines()
    assert head == "region,languages,group,people,source,question"
    assert row.startswith('kern,ar,Others,400,"ACS, 2013-2017","Is Arabic read here?')
    assert find_region(project.regions, "kern").kind == "county"
