"""Finishing: sheets made without opening a PDF are, object for object, what stamping makes."""

import pytest
from graphs import differences
from sheets import CONTENTS, URL, base_of, opened

from printkit.editions import EDITIONS
from printkit.stamp import Code, Content, Words, finish, master_of, stamp

pytestmark = pytest.mark.usefixtures("own_fonts")
SLUG = "fresno_es_card_v1 · Card · Spanish (es) · Fresno · version 1 · AB12CD"


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("slug", ["", SLUG, SLUG * 3])
def test_a_finished_sheet_is_object_for_object_the_stamped_one(name: str, slug: str) -> None:
    base = base_of(name)
    master = master_of(base, None)
    bold = Words(lines=("example.org",), weight="Bold", align="center")
    others: dict[str, Content] = {"code": bold, "foot": Code(url=URL)}
    for contents in (CONTENTS, others):
        made = finish(master, contents, slug=slug)
        with opened(made.pdf) as fast, opened(stamp(base, contents, slug=slug)) as slow:
            assert fast.check_pdf_syntax() == []
            assert differences(fast, slow) == []
