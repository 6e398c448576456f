"""The page of how each language stands: one HTML file that loads nothing and reads aloud well."""

from collections.abc import Sequence

from markupsafe import Markup

from printkit.findings import Finding
from printkit.languages import LANGUAGES
from printkit.po.status import NO_ROOMS, Standing, name_of

MOST_FINDINGS = 50
"""Of one language; `printkit check` tells them all."""

_STYLE = Markup("""
body { font: 1rem/1.5 system-ui, sans-serif; color: #111; background: #fff;
  max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; padding-block: .5rem; }
th, td { border-block-end: 1px solid #767676; padding: .35rem .6rem; text-align: start; }
td.number { text-align: end; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.fail { color: #a40000; font-weight: bold; }
a { color: #0d5c63; }
@media print { .scroll { overflow: visible; } }
""")

_PAGE = Markup("""<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{note}</p>
<div class="scroll" role="region" aria-labelledby="languages" tabindex="0">
<table>
<caption id="languages">Each language of the campaign, in its order.</caption>
<thead><tr><th scope="col">Language</th><th scope="col">Its own name</th>
<th scope="col">Translated</th><th scope="col">Fuzzy</th><th scope="col">FAIL</th>
<th scope="col">WARN</th><th scope="col">Fit</th><th scope="col">Sign-off</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
{details}
</main>
</body>
</html>
""")


def status_page(found: Sequence[Standing], *, campaign: str) -> str:
    """Return the page; the same bytes for the same standings."""
    measured = any(one.rooms is not None for one in found)
    return str(
        _PAGE.format(
            title=f"{campaign}: how each language stands",
            style=_STYLE,
            note="FAIL keeps a sheet back; WARN only tells." + ("" if measured else f" {NO_ROOMS}"),
            rows=Markup("\n").join(_row(one) for one in found),
            details=Markup("\n").join(part for one in found if (part := _details(one))),
        )
    )


def _row(one: Standing) -> Markup:
    return Markup(
        '<tr><th scope="row">{name} <code>{tag}</code></th>{own}'
        '<td class="number">{translated} of {total}</td><td class="number">{fuzzy}</td>'
        '<td class="number{failed}">{fail}</td><td class="number">{warn}</td>'
        "<td>{fit}</td><td>{told}</td></tr>"
    ).format(
        name=_linked(one),
        tag=one.language,
        own=_own_name(one.language),
        translated=one.translated,
        total=one.total,
        fuzzy=one.fuzzy,
        failed=" fail" if _counted(one, "FAIL") else "",
        fail=_counted(one, "FAIL"),
        warn=_counted(one, "WARN"),
        fit=one.rooms.told if one.rooms is not None else "not measured",
        told=one.told,
    )


def _own_name(tag: str) -> Markup:
    """Return a language's own name, said to be in it, and in its own direction."""
    known = LANGUAGES.get(tag)
    if known is None:
        return Markup("<td></td>")
    return Markup('<td><bdi lang="{}" dir="{}">{}</bdi></td>').format(
        tag, known.direction, known.autonym
    )


def _linked(one: Standing) -> Markup:
    if not _has_details(one):
        return Markup("{}").format(one.name)
    return Markup('<a href="#{}">{}</a>').format(one.language, one.name)


def _has_details(one: Standing) -> bool:
    return bool(one.findings or one.state == "stale" or one.rooms)


def _details(one: Standing) -> Markup | None:
    """Return what there is to do in a language, or None."""
    if not _has_details(one):
        return None
    parts = [Markup('<section><h2 id="{}">{}</h2>').format(one.language, one.name)]
    if one.state == "stale":
        names = [name_of(key) for key in one.unsigned]
        parts.append(_list(f"Changed since {_day(one)}, or new:", names))
    if one.findings:
        parts.append(
            _list("What the checks say:", [_told(f) for f in one.findings[:MOST_FINDINGS]])
        )
        if len(one.findings) > MOST_FINDINGS:
            more = len(one.findings) - MOST_FINDINGS
            parts.append(Markup("<p>And {} more.</p>").format(more))
    if one.rooms is not None:
        parts.append(_list("Tightest places:", one.rooms.tightest))
    return Markup("\n").join((*parts, Markup("</section>")))


def _list(head: str, items: Sequence[str]) -> Markup:
    # Words of another direction stand apart, so that they don't turn the line around.
    lines = Markup("\n").join(Markup("<li><bdi>{}</bdi></li>").format(item) for item in items)
    return Markup("<h3>{}</h3>\n<ul>\n{}\n</ul>").format(head, lines)


def _told(found: Finding) -> str:
    place = f"{found.file}:{found.line}: " if found.file and found.line else ""
    return f"{found.severity} {place}{found.what} {found.fix} ({found.code})"


def _day(one: Standing) -> str:
    return one.signoff.date.isoformat() if one.signoff is not None else ""


def _counted(one: Standing, severity: str) -> int:
    return sum(found.severity == severity for found in one.findings)
