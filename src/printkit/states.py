"""The states: the FIPS code of each, and the first three digits of the ZIP codes that lie in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state, the District of Columbia, or a territory with mail of its own."""

    fips: str
    """Two digits; those of a county begin with them (ANSI INCITS 38)."""
    zips: tuple[tuple[int, int], ...]
    """Ranges of three-digit ZIP prefixes, first and last."""


def _state(fips: str, *zips: tuple[int, int]) -> State:
    return State(fips=fips, zips=zips)


STATES = {
    "AL": _state("01", (350, 352), (354, 369)),
    "AK": _state("02", (995, 999)),
    "AZ": _state("04", (850, 853), (855, 857), (859, 860), (863, 865)),
    "AR": _state("05", (716, 729)),
    "CA": _state("06", (900, 908), (910, 928), (930, 961)),
    "CO": _state("08", (800, 816)),
    "CT": _state("09", (60, 69)),
    "DE": _state("10", (197, 199)),
    "DC": _state("11", (200, 200), (202, 205), (569, 569)),
    "FL": _state("12", (320, 339), (341, 342), (344, 344), (346, 347), (349, 349)),
    "GA": _state("13", (300, 319), (398, 399)),
    "HI": _state("15", (967, 968)),
    "ID": _state("16", (832, 838)),
    "IL": _state("17", (600, 620), (622, 629)),
    "IN": _state("18", (460, 479)),
    "IA": _state("19", (500, 516), (520, 528)),
    "KS": _state("20", (660, 662), (664, 679)),
    "KY": _state("21", (400, 427)),
    "LA": _state("22", (700, 701), (703, 708), (710, 714)),
    "ME": _state("23", (39, 49)),
    "MD": _state("24", (206, 212), (214, 219)),
    "MA": _state("25", (10, 27), (55, 55)),
    "MI": _state("26", (480, 499)),
    "MN": _state("27", (550, 551), (553, 567)),
    "MS": _state("28", (386, 397)),
    "MO": _state("29", (630, 631), (633, 641), (644, 658)),
    "MT": _state("30", (590, 599)),
    "NE": _state("31", (680, 681), (683, 693)),
    "NV": _state("32", (889, 891), (893, 895), (897, 898)),
    "NH": _state("33", (30, 38)),
    "NJ": _state("34", (70, 89)),
    "NM": _state("35", (870, 871), (873, 875), (877, 884)),
    "NY": _state("36", (5, 5), (63, 63), (100, 149)),
    "NC": _state("37", (270, 289)),
    "ND": _state("38", (580, 588)),
    "OH": _state("39", (430, 459)),
    "OK": _state("40", (730, 731), (734, 741), (743, 749)),
    "OR": _state("41", (970, 979)),
    "PA": _state("42", (150, 196)),
    "RI": _state("44", (28, 29)),
    "SC": _state("45", (290, 299)),
    "SD": _state("46", (570, 577)),
    "TN": _state("47", (370, 385)),
    "TX": _state("48", (733, 733), (750, 770), (772, 799), (885, 885)),
    "UT": _state("49", (840, 847)),
    "VT": _state("50", (50, 54), (56, 59)),
    "VA": _state("51", (201, 201), (220, 246)),
    "WA": _state("53", (980, 986), (988, 994)),
    "WV": _state("54", (247, 268)),
    "WI": _state("55", (530, 532), (534, 535), (537, 549)),
    "WY": _state("56", (820, 831)),
    "PR": _state("72", (6, 7), (9, 9)),
    "VI": _state("78", (8, 8)),
}
"""By the two letters that stand in an address (USPS Publication 28, appendix B).

The prefixes are those of USPS labeling list L002, 3-Digit ZIP Code Prefix Matrix; one that is not
in use belongs to no state. 063 is Connecticut's but for Fishers Island, which is New York's.
"""


def states_of_zip(zip_code: str) -> tuple[str, ...]:
    """Return the states in which a ZIP code can lie, by its first three digits; mostly one."""
    prefix = int(zip_code[:3])
    return tuple(
        letters
        for letters, state in STATES.items()
        if any(first <= prefix <= last for first, last in state.zips)
    )


def state_of_fips(fips: str) -> str | None:
    """Return the state of a county's or a state's FIPS code, by its two letters."""
    return next((letters for letters, state in STATES.items() if fips[:2] == state.fips), None)
