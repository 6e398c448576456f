"""What an organizer wrote is told from what a rule or a plan wrote."""

from printkit.planning import hand_edits
from printkit.regions import Order

CARD, FLYER, POSTER = (("kern", "es", piece) for piece in ("card", "flyer", "poster"))
RULE = {CARD: 100, FLYER: 50, POSTER: 5}


def row(key: tuple[str, str, str], copies: int, note: str = "") -> Order:
    return Order(region=key[0], language=key[1], piece=key[2], copies=copies, line=2, note=note)


def test_orders_as_the_rule_gives_them_hold_no_edit() -> None:
    edits = hand_edits([row(key, copies) for key, copies in RULE.items()], RULE, planned=False)
    assert (dict(edits.kept), edits.out) == ({}, frozenset())


def test_a_changed_row_an_added_one_and_one_taken_out() -> None:
    added = ("kern", "so", "card")
    orders = [row(CARD, 200), row(FLYER, 50), row(added, 10)]
    edits = hand_edits(orders, RULE, planned=False)

    assert {key: order.copies for key, order in edits.kept.items()} == {CARD: 200, added: 10}
    assert edits.out == {POSTER}


def test_a_plan_copied_by_hand_is_still_the_plans() -> None:
    orders = [
        row(CARD, 50, "planned 50 of 100: 9 people"),
        row(FLYER, 50, "planned 50: 9 people"),
        row(POSTER, 9, "planned 5: a fixed number"),
    ]
    assert set(hand_edits(orders, {}, planned=False).kept) == {POSTER}


def test_rows_of_a_table_of_ones_own_were_never_taken_out() -> None:
    assert hand_edits([row(CARD, 1)], RULE, planned=False).out == frozenset()
    assert hand_edits([], RULE, planned=False).out == frozenset()


def test_what_is_missing_of_a_plan_was_taken_out() -> None:
    assert hand_edits([row(CARD, 100)], RULE, planned=True).out == {FLYER, POSTER}
