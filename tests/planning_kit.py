"""The tiny project with counts and settings to plan by, for tests of plans."""

from pathlib import Path

from project_kit import write

PLANNING = """
[planning.copies]
leaf = 2
handbill = 1

[planning.fixed]

[planning.fixed_desk]

[planning.each_region]
finder = 5
"""

HEAD = (
    "fips,county,source,period,measure,language_key,language_label,bcp47,precision,"
    "speakers,lep,vacit,vacit_lep,vacit_lep_moe,sect203_covered\n"
)
SPEAKERS = (
    HEAD
    + """\
06001,Alameda,ACS,2013-2017,5+,spanish,Spanish,es,exact,20000,10000,,,,
06019,Fresno,ACS,2013-2017,5+,spanish,Spanish,es,exact,9000,4000,,,,
06029,Kern,ACS,2013-2017,5+,spanish,Spanish,es,exact,500,120,,,,
06029,Kern,ACS,2013-2017,5+,other,Others,ar;he,group,900,400,,,,
"""
)


def with_planning(root: Path) -> Path:
    """Give a tiny project what plans are made by, and no orders yet."""
    campaign = root / "campaign.toml"
    campaign.write_text(campaign.read_text(encoding="utf-8") + PLANNING, encoding="utf-8")
    write(root, "regions/speakers.csv", SPEAKERS)
    write(root, "regions/orders.csv", "region,language,piece,copies,note\n")
    return root
