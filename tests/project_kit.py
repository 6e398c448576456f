"""A whole project of three small pieces in three languages, for tests to build and to break."""

import datetime
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from printkit.brokers import load_brokers
from printkit.campaign import load_campaign
from printkit.catalogs import Message, load_catalog, load_pot
from printkit.errors import Problems
from printkit.pieces import load_pieces
from printkit.po.gather import project_pot
from printkit.po.merge import merge
from printkit.signoffs import LEGAL, Signoff, digests_of, signoffs_text

SIGNED = datetime.date(2026, 6, 30)
SHIPPED = Path(__file__).resolve().parent.parent

CAMPAIGN = """\
name = "Tiny campaign"
version = "1.0"
version_date = 2026-07-01
as_of = 2026-07-01
landing_url = "https://tiny.test"
languages = ["en", "es", "ar"]

[facts.drop_url]
kind = "url"
value = "https://privacy.ca.gov/drop/"
shown = "privacy.ca.gov/drop"
source = "privacy.ca.gov/drop"
checked = 2026-07-01

[facts.drop_help_url]
kind = "url"
value = "https://privacy.ca.gov/drop/how-drop-works/"
shown = "privacy.ca.gov/drop/how-drop-works"
source = "privacy.ca.gov/drop/how-drop-works"
checked = 2026-07-01

[facts.hotline]
kind = "phone"
value = "410-555-0100"
source = "a made-up number"
checked = 2026-07-01
"""

PIECES = {
    "leaf/piece.toml": """\
name = "Leaf"
trim = ["4.25in", "5.5in"]
pages = 2
by_region = false
tight = 1
order = 1
""",
    "leaf/template.html": """\
{% extends "base.html" %}
{% block title %}{{ _("Keep what is yours") }}{% endblock %}
{% block body %}
{{ render_in(sheet.tag, "leaf.html", overleaf=false) }}
{{ render_in("es" if sheet.tag == "en" else "en", "leaf.html", overleaf=true) }}
{% endblock %}
""",
    "leaf/leaf.html": """\
{% import "parts.html" as parts with context %}
<section class="side" lang="{{ language.tag }}" dir="{{ language.direction }}">
{{ parts.tab(overleaf) }}
<div class="content dense fit">
{# NOTE: The headline of the leaf. #}
{{ parts.band(_("Keep what is yours")) }}
<p>{{ _("Call {hotline} or type {drop_url}.", hotline=facts.hotline, drop_url=facts.drop_url) }}</p>
{{ parts.drop_code("1.2in") }}
</div>
{{ parts.footer() }}
</section>
""",
    "leaf/style.css": """\
.content { top: 0; left: 0.375in; right: 0.375in; height: 4.7in; }
.band { margin: -0.125in -0.5in 0; padding: 0.45in 0.5in 0.08in; }
.footer { left: 0.32in; right: 0.32in; bottom: 0.3in; font-size: 7pt; }
h1 { font-size: 19pt; }
[data-tight="1"] h1 { font-size: 14pt; }
""",
    "handbill/piece.toml": """\
name = "Handbill"
trim = ["5.5in", "8.5in"]
pages = 1
by_region = true
order = 2

[slots.landing_code]
size = ["1in", "1in"]
kind = "landing-code"

[slots.landing_address]
size = ["2.4in", "9pt"]
kind = "landing-address"

[slots.help]
size = ["4.5in", "0.8in"]
kind = "help"
""",
    "handbill/template.html": """\
{% extends "base.html" %}
{% import "parts.html" as parts with context %}
{% block title %}{{ _("Ask for help") }}{% endblock %}
{% block body %}
<section class="side">
{{ parts.tab() }}
<div class="content dense fit">
{{ parts.band(_("Ask for help")) }}
<p>{{ _("<b>Nobody</b> has to do it alone.") }}</p>
{{ parts.landing_code() }}
{{ slot("help") }}
</div>
{{ parts.footer() }}
</section>
{% endblock %}
""",
    "handbill/style.css": """\
.content { top: 0; left: 0.5in; right: 0.5in; height: 7.7in; }
.band { margin: -0.125in -0.625in 0; padding: 0.475in 0.625in 0.16in; }
.footer { left: 0.5in; right: 0.5in; bottom: 0.3in; }
""",
    "finder/piece.toml": """\
name = "Finder"
trim = ["8.5in", "11in"]
pages = 1
by_region = true
languages = "mul"
order = 3
""",
    "finder/template.html": """\
{% extends "base.html" %}
{% import "parts.html" as parts with context %}
{% block title %}Find your language{% endblock %}
{% block body %}
<section class="side" lang="en" dir="ltr">
<div class="content fit">
<h1>Find your language</h1>
{% for tag in campaign.languages %}{{ render_in(tag, "line.html") }}{% endfor %}
{% if draft %}<p><b>DRAFT</b></p>{% endif %}
</div>
{{ parts.footer() }}
</section>
{% endblock %}
""",
    "finder/line.html": """\
<p lang="{{ language.tag }}" dir="{{ language.direction }}">{{ language.autonym }}:
{{ _("This is my language.") }}</p>
""",
    "finder/style.css": """\
.content { top: 0.5in; left: 0.5in; right: 0.5in; height: 9.5in; }
.footer { left: 0.5in; right: 0.5in; bottom: 0.3in; }
""",
}

BROKER = """\
name = "Acme Records"
legal_name = "Acme Records Inc."
kind = "data broker"
drop_reaches = true
sells = "Records about people"

[[claims]]
text = "ICE paid {amount} for its records."
facts = { amount = { kind = "amount", value = "$5" } }
to = ["ICE"]
date = "2025-08"
publisher = "The Daily Test"
url = "https://news.test/acme"
confidence = "high"

[registry]
name = "Acme Records Inc."
as_of = 2026-06-01
source = "the registry's copy of that day"
federal = true
law_enforcement = false
"""

COUNTIES = """\
slug,fips,name,pop_2020,census_region,help_name,help_phone,help_note,event_place,event_time
alameda,06001,Alameda,1682353,Bay Area,,,,,
fresno,06019,Fresno,1008654,Southern Valley,Legal Aid,559-555-0100,Spanish spoken,,
kern,06029,Kern,909235,Southern Valley,,,,,
"""

DESKS = """\
slug,fips,name,kind,help_name,help_phone,help_note,event_place,event_time
california,06,California,state,,,,,
"""

ORDERS = """\
region,language,piece,copies,note
alameda,en,leaf,100,
alameda,es,leaf,150,
alameda,es,handbill,200,
alameda,mul,finder,5,
fresno,es,leaf,50,
fresno,es,handbill,300,a note
kern,es,handbill,100,
california,ar,leaf,50,
california,ar,handbill,50,
"""

WORDS = {
    "es": {
        "Keep what is yours": "Guarde lo que es suyo",
        "Call {hotline} or type {drop_url}.": "Llame al {hotline} o escriba {drop_url}.",
        "Ask for help": "Pida ayuda",
        "<b>Nobody</b> has to do it alone.": "<b>Nadie</b> tiene que hacerlo solo.",
        "This is my language.": "Este es mi idioma.",
        "Records about people": "Datos sobre personas",
        "ICE paid {amount} for its records.": "ICE pagó {amount} por sus datos.",
    },
    "ar": {
        "Keep what is yours": "احتفظ بما هو لك",
        "Call {hotline} or type {drop_url}.": "اتصل بالرقم {hotline} أو اكتب {drop_url}.",
        "Ask for help": "اطلب المساعدة",
        "<b>Nobody</b> has to do it alone.": "<b>لا أحد</b> مضطر إلى أن يفعل ذلك وحده.",
        "This is my language.": "هذه لغتي.",
        "Records about people": "بيانات عن أشخاص",
        "ICE paid {amount} for its records.": "دفعت ICE مبلغ {amount} مقابل بياناتها.",
    },
}
"""The pieces' own words; those of flyers/_shared come from the shipped catalogs."""


def make_project(root: Path) -> Path:
    """Write the project into a folder; fonts and profiles are links to the shipped ones."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(SHIPPED / "flyers" / "_shared", root / "flyers" / "_shared")
    for folder in ("fonts", "profiles"):
        (root / folder).symlink_to(SHIPPED / folder, target_is_directory=True)
    write(root, "campaign.toml", CAMPAIGN)
    for name, text in PIECES.items():
        write(root, f"flyers/{name}", text)
    write(root, "letters/brokers/acme.toml", BROKER)
    write(root, "regions/counties.csv", COUNTIES)
    write(root, "regions/desks.csv", DESKS)
    write(root, "regions/orders.csv", ORDERS)
    _write_catalogs(root)
    return root


def write(root: Path, name: str, text: str) -> Path:
    """Write one file of a project, and the folders that it needs."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def change(root: Path, name: str, old: str, new: str) -> int:
    """Replace the one place where `old` stands in a project's file, and return its line."""
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def sign_off(root: Path, *signers: str, day: datetime.date = SIGNED) -> None:
    """Record a reader's approval of every word of some languages, and of no other; or "legal"."""
    problems = Problems()
    pot = load_pot(root / "po" / "campaign.pot", root=root, problems=problems)
    approved = {}
    for tag in signers:
        catalog = None
        if tag not in ("en", LEGAL):
            path = root / "po" / f"{tag}.po"
            catalog = load_catalog(path, root=root, language=tag, problems=problems)
        digests = digests_of(tag, pot, catalog)
        approved[tag] = Signoff(
            language=tag,
            reviewer="a reader",
            date=day,
            messages={key: digest for key, digest in digests.items() if digest is not None},
        )
    problems.raise_if_any()
    write(root, "po/signoffs.toml", signoffs_text(approved))


def _write_catalogs(root: Path) -> None:
    problems = Problems()
    campaign = load_campaign(root, problems=problems)
    assert campaign is not None
    pieces = load_pieces(root, problems=problems).values()
    brokers = load_brokers(root, problems=problems).values()
    text = project_pot(root, campaign, pieces, brokers, problems=problems)
    write(root, "po/campaign.pot", text)
    pot = load_pot(root / "po" / "campaign.pot", root=root, problems=problems)
    problems.raise_if_any()
    assert pot is not None
    for tag, words in WORDS.items():
        drafted = _catalog(tag, pot.messages.values(), words)
        write(root, f"po/{tag}.po", merge(text, drafted))


def _catalog(tag: str, sources: Iterable[Message], own: Mapping[str, str]) -> str:
    """Return a whole catalog: the shipped file's header, its words, and the pieces' own."""
    problems = Problems()
    path = SHIPPED / "po" / f"{tag}.po"
    shipped = load_catalog(path, root=SHIPPED, language=tag, problems=problems)
    problems.raise_if_any()
    assert shipped is not None
    header = "".join(f"{name}: {value}\\n" for name, value in shipped.header.items())
    entries = [f'msgid ""\nmsgstr "{header}"\n']
    for source in sources:
        msgstr = own.get(source.msgid) or shipped.messages[source.key].msgstr
        context = f"msgctxt {_quoted(source.msgctxt)}\n" if source.msgctxt else ""
        entries.append(f"{context}msgid {_quoted(source.msgid)}\nmsgstr {_quoted(msgstr)}\n")
    return "\n".join(entries)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
