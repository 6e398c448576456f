from pathlib import Path

import pytest

from printkit.errors import Problems, UserError
from printkit.regions import (
    Event,
    Order,
    Region,
    find_region,
    load_orders,
    load_regions,
    load_speakers,
    region_named,
)

SHIPPED = Path(__file__).parents[1]
COUNTIES = """\
slug,fips,name,pop_2020,census_region,help_name,help_phone,help_note,event_place,event_time
fresno,6019,Fresno,1000,Southern Valley,Legal Aid,559-555-0100,Spanish spoken,,
orange,06059,Orange,5000,Orange County,,,,Town hall,"May 1, 6 pm"
"""
DESKS = """\
slug,fips,name,kind,help_name,help_phone,help_note,event_place,event_time
southern-valley,,Southern Valley,census-region,,,,,
orange-region,,Orange County,census-region,,,,,
california,06,California,state,,,,,
"""
SPEAKERS = """\
fips,county,source,period,measure,language_key,language_label,bcp47,precision,speakers,lep,\
vacit,vacit_lep,vacit_lep_moe,sect203_covered
6019,Fresno,ACS C16001,2013-2017,population 5+,chinese,Chinese,zh-Hant;zh-Hans,exact,90,40,,,,
06059,Orange,Section 203 PUF 2021,2015-2019,citizens,x,Vietnamese,vi,exact,,,9,8,1,yes
06,California,ACS B16001,2013-2017,population 5+,slavic,Slavic,ru;uk,group,9,8,,,,
"""


def regions_of(
    root: Path, counties: str = COUNTIES, desks: str = DESKS
) -> tuple[dict[str, Region], list[str]]:
    (root / "counties.csv").write_text(counties)
    (root / "desks.csv").write_text(desks)
    problems = Problems()
    return load_regions(root, root=root, problems=problems), list(map(str, problems))


def orders_of(root: Path, text: str) -> tuple[tuple[Order, ...], list[str]]:
    regions, _ = regions_of(root)
    path = root / "orders.csv"
    path.write_text(text)
    problems = Problems()
    orders = load_orders(
        path,
        root=root,
        problems=problems,
        regions=regions,
        languages=("en", "es", "zh-Hant", "mul"),
        pieces=("card", "poster"),
    )
    return orders, list(map(str, problems))


def test_a_county_with_help_and_an_event(tmp_path: Path) -> None:
    regions, problems = regions_of(tmp_path)
    assert problems == []
    assert regions["fresno"] == Region(
        slug="fresno",
        fips="06019",
        name="Fresno",
        kind="county",
        counties=("fresno",),
        population=1000,
        help="Legal Aid\n559-555-0100\nSpanish spoken",
        event=None,
    )
    assert regions["orange"].event == Event(place="Town hall", time="May 1, 6 pm")
    assert regions["orange"].full_name == "Orange County"


def test_wider_regions_add_up_their_counties(tmp_path: Path) -> None:
    regions, _ = regions_of(tmp_path)
    assert regions["southern-valley"].counties == ("fresno",)
    assert regions["southern-valley"].fips is None
    assert regions["california"].counties == ("fresno", "orange")
    assert regions["california"].population == 6000
    assert regions["california"].fips == "06"
    assert next(iter(regions)) == "fresno"


@pytest.mark.parametrize(
    ("word", "slug"),
    [
        ("fresno", "fresno"),
        (" FRESNO ", "fresno"),
        ("Fresno County", "fresno"),
        ("06019", "fresno"),
        ("6019", "fresno"),
        ("Orange County", "orange"),
        ("orange-region", "orange-region"),
        ("southern  valley", "southern-valley"),
        ("06", "california"),
    ],
)
def test_a_region_is_found_by_slug_code_or_name(tmp_path: Path, word: str, slug: str) -> None:
    assert find_region(regions_of(tmp_path)[0], word).slug == slug


def test_an_unknown_region_is_told_with_the_nearest(tmp_path: Path) -> None:
    regions, _ = regions_of(tmp_path)
    assert region_named(regions, "") is None
    with pytest.raises(UserError) as caught:
        find_region(regions, "Fresnoo")
    assert str(caught.value) == 'There is no region "Fresnoo". Did you mean "fresno"?'
    with pytest.raises(UserError, match='Did you mean "southern-valley"'):
        find_region(regions, "Southern Vally")
    with pytest.raises(UserError, match="Use one of: "):
        find_region(regions, "Ohio")


def test_wrong_regions_are_told_all_at_once(tmp_path: Path) -> None:
    counties = COUNTIES + (
        "fresno,06019,Fresno,5,Southern Valley,,,,,\n"
        "../etc,x,Kern,many,Southern Valley,,911-HELP,,Hall,\n"
    )
    desks = DESKS + "far,,Far Away,census-region,,,,,\nx,,X,planet,,,,,\n"
    _, problems = regions_of(tmp_path, counties, desks)
    assert problems == [
        'counties.csv:4: fips: "06019" stands in a row above already. '
        "Give each region its own fips.",
        'counties.csv:4: name: "Fresno" stands in a row above already. '
        "Give each region its own name.",
        'counties.csv:4: slug: "fresno" stands in a row above already. '
        "Give each region its own slug.",
        'counties.csv:5: slug: "../etc" does not have the right form. '
        'Write small letters, digits and hyphens, such as "san-luis-obispo".',
        'counties.csv:5: fips: "x" does not have the right form. '
        "Write the Census code, such as 06019.",
        'counties.csv:5: pop_2020: "many" is not a whole number. '
        "Write a whole number with digits only, such as 1000.",
        'counties.csv:5: help_phone: "911-HELP" does not have the right form. '
        "Write a phone number, such as 559-555-0100.",
        "counties.csv:5: An event has a place and a time, and one of them is blank. "
        "Fill in event_place and event_time, or clear both.",
        'desks.csv:5: No county of counties.csv is in "Far Away". Write the name as it stands '
        "in the column census_region, or take the row out.",
        'desks.csv:6: kind: "planet" is not one of the words allowed. '
        "Use one of: census-region, state.",
        'desks.csv:6: No county of counties.csv is in "X". Write the name as it stands '
        "in the column census_region, or take the row out.",
    ]


def test_help_without_a_name_is_told(tmp_path: Path) -> None:
    _, problems = regions_of(tmp_path, COUNTIES.replace("Legal Aid", ""))
    assert problems == [
        "counties.csv:2: help_name is blank, and there is a phone number or a note. "
        "Fill in who helps, or clear the other help cells."
    ]


def test_orders_name_regions_as_people_do(tmp_path: Path) -> None:
    orders, problems = orders_of(
        tmp_path,
        "region,language,piece,copies,note\nfresno,es,card,100,\n06059,mul,poster,5,five\n"
        "California,zh-Hant,card,50,\n",
    )
    assert problems == []
    assert orders == (
        Order(region="fresno", language="es", piece="card", copies=100, line=2),
        Order(region="orange", language="mul", piece="poster", copies=5, line=3, note="five"),
        Order(region="california", language="zh-Hant", piece="card", copies=50, line=4),
    )


def test_wrong_orders_are_told_all_at_once_and_good_ones_kept(tmp_path: Path) -> None:
    orders, problems = orders_of(
        tmp_path,
        "region,language,piece,copies\n"
        "fresno,es,card,100\n"
        "frezno,ess,cart,100\n"
        "Fresno,es,card,50\n"
        "fresno,en,card,-5\n"
        "fresno,en,card,0\n"
        "fresno,en,card,5000001\n"
        'fresno,en,card,"1,000"\n'
        "fresno,en,card,1000.0\n"
        "fresno,zh-hant,card,\n"
        "06019,es,card,50\n",
    )
    assert [order.line for order in orders] == [2]
    assert problems == [
        'orders.csv:3: There is no region "frezno". Did you mean "fresno"?',
        'orders.csv:3: language: "ess" is not one of the words allowed. Did you mean "es"? '
        "Allowed here: en, es, zh-Hant, mul.",
        'orders.csv:3: piece: "cart" is not one of the words allowed. Did you mean "card"? '
        "Allowed here: card, poster.",
        "orders.csv:4: card in es for fresno is ordered on line 2 already. "
        "Put the copies together in one row.",
        "orders.csv:5: copies: -5 is out of range. Write a number from 1 to 5,000,000.",
        "orders.csv:6: copies: 0 orders nothing. Take the row out, or write how many.",
        "orders.csv:7: copies: 5,000,001 is out of range. Write a number from 1 to 5,000,000.",
        'orders.csv:8: copies: "1,000" is not a whole number. Write 1000, with digits only.',
        'orders.csv:9: copies: "1000.0" is not a whole number. Write 1000, with digits only.',
        'orders.csv:10: language: "zh-hant" is not one of the words allowed. '
        'Did you mean "zh-Hant"? Allowed here: en, es, zh-Hant, mul.',
        "orders.csv:10: copies is blank. Fill in copies.",
        "orders.csv:11: card in es for fresno is ordered on line 2 already. "
        "Put the copies together in one row.",
    ]


def test_speakers_keep_source_period_and_precision(tmp_path: Path) -> None:
    regions, _ = regions_of(tmp_path)
    path = tmp_path / "speakers.csv"
    path.write_text(SPEAKERS + "06001,Alameda,a,b,c,d,e,f,fuzzy,-1,,,,,maybe\n")
    problems = Problems()
    chinese, vietnamese, slavic, _ = load_speakers(
        path, root=tmp_path, problems=problems, regions=regions
    )
    assert (chinese.region, chinese.languages, chinese.lep) == (
        "fresno",
        ("zh-Hant", "zh-Hans"),
        40,
    )
    assert (chinese.source, chinese.period, chinese.exact) == ("ACS C16001", "2013-2017", True)
    assert (vietnamese.covered, vietnamese.lep) == (True, None)
    assert (slavic.region, slavic.exact) == ("california", False)
    assert list(map(str, problems)) == [
        'speakers.csv:5: fips: "06001" is no region\'s code. '
        "Add the county to counties.csv, or take the row out.",
        'speakers.csv:5: precision: "fuzzy" is not one of the words allowed. '
        "Use one of: exact, group.",
        "speakers.csv:5: speakers: -1 is out of range. Write a number 0 or more.",
        'speakers.csv:5: sect203_covered: "maybe" is neither yes nor no. Write yes or no.',
    ]


def test_the_shipped_regions_are_californias() -> None:
    problems = Problems()
    regions = load_regions(SHIPPED / "regions", root=SHIPPED, problems=problems)
    assert list(map(str, problems)) == []
    kinds = [region.kind for region in regions.values()]
    assert (kinds.count("county"), kinds.count("census-region"), kinds.count("state")) == (
        58,
        10,
        1,
    )
    # The 2020 Census' own total for the state.
    assert regions["california"].population == 39_538_223
    wide = [region for region in regions.values() if region.kind == "census-region"]
    assert sorted(slug for region in wide for slug in region.counties) == sorted(
        regions["california"].counties
    )
    assert find_region(regions, "San Luis Obispo").slug == "san-luis-obispo"


def test_the_shipped_regions_name_no_help_and_no_event() -> None:
    """No number of a local organization is known, so none may be printed."""
    regions = load_regions(SHIPPED / "regions", root=SHIPPED, problems=Problems())
    assert all(region.help is None and region.event is None for region in regions.values())


def test_the_shipped_counts_of_counties_add_up_to_the_states() -> None:
    problems = Problems()
    regions = load_regions(SHIPPED / "regions", root=SHIPPED, problems=problems)
    county, state = (
        load_speakers(SHIPPED / "regions" / name, root=SHIPPED, problems=problems, regions=regions)
        for name in ("speakers.csv", "state_speakers.csv")
    )
    assert list(map(str, problems)) == []
    totals = {row.languages: row.lep for row in state if row.lep is not None and row.exact}
    for tag in ("es", "vi", "ko", "ar", "tl"):
        counted = [row.lep or 0 for row in county if row.languages == (tag,) and row.exact]
        assert sum(counted) == totals[(tag,)]
