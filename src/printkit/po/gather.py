"""Every message of the project, in the order of the sheets, as one POT."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from printkit.brokers import Broker, load_brokers
from printkit.campaign import Campaign
from printkit.errors import Problems, UserError
from printkit.language_file import FILE
from printkit.pieces import Piece, load_pieces
from printkit.po.extract import Extracted, extract
from printkit.po.merge import merge
from printkit.po.start import Given, start
from printkit.po.write import write_pot
from printkit.project import Project
from printkit.reading import label, read_text
from printkit.templates import environment

CATALOG_LIMIT = 10_000_000
"""Bytes, as for any catalog that is read."""


def project_pot(
    root: Path,
    campaign: Campaign,
    pieces: Iterable[Piece],
    brokers: Iterable[Broker],
    *,
    problems: Problems,
    rooms: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Return the POT of all templates and of the companies' files.

    rooms says, by a message's digest, where it stands and what room it has there.
    """
    facts = {name: fact.shown for name, fact in campaign.facts.items()}
    return write_pot(
        _messages(root, pieces, brokers, problems),
        name=campaign.name,
        version=campaign.version,
        version_date=campaign.version_date,
        facts=facts,
        problems=problems,
        rooms=rooms or {},
    )


def not_extracted(project: Project) -> tuple[str, ...]:
    """Return the texts that templates and companies' files print and the POT does not have yet."""
    problems = Problems()
    printed = _messages(project.root, project.pieces.values(), project.brokers.values(), problems)
    problems.raise_if_any()
    known = project.pot.messages.keys() if project.pot is not None else frozenset()
    missing = (one.msgid for one in printed if (one.msgctxt, one.msgid) not in known)
    return tuple(dict.fromkeys(missing))


def _messages(
    root: Path, pieces: Iterable[Piece], brokers: Iterable[Broker], problems: Problems
) -> list[Extracted]:
    return [
        *_templates(root, pieces, problems),
        *(message for broker in brokers for message in _broker_messages(broker)),
    ]


def _templates(root: Path, pieces: Iterable[Piece], problems: Problems) -> Iterator[Extracted]:
    seen: set[Path] = set()
    for piece in pieces:
        for folder in (*piece.shared, piece.folder):
            for path in sorted(folder.glob("*.html")):
                if path not in seen:
                    seen.add(path)
                    yield from extract(
                        path,
                        root=root,
                        environment=environment(piece.folder, piece.shared),
                        problems=problems,
                    )


def _broker_messages(broker: Broker) -> Iterator[Extracted]:
    """Yield a company's printed words, each with what it prints beside."""
    note = f"About {broker.name}, on the sheet of companies."
    facts = {claim.text: claim.facts for claim in broker.claims}
    for text in broker.texts:
        prints = [
            f"{{{name}}} prints as {words}" for name, (_, words) in facts.get(text, {}).items()
        ]
        yield Extracted(msgid=text, file=broker.file, notes=(note, *prints))


def extract_pot(
    root: Path,
    campaign: Campaign,
    measure: Callable[[], Mapping[str, Sequence[str]]] | None = None,
) -> bool:
    """Write po/campaign.pot, and return whether that changed it.

    measure lays the English sheets out, once every template was read without a problem.
    """
    problems = Problems()
    pieces = load_pieces(root, problems=problems)
    brokers = load_brokers(root, problems=problems)
    sources = root, campaign, pieces.values(), brokers.values()
    text = project_pot(*sources, problems=problems)
    problems.raise_if_any()
    if measure is not None:
        text = project_pot(*sources, problems=problems, rooms=measure())
    return _write(root / "po" / "campaign.pot", text)


def update_catalogs(root: Path) -> Iterator[tuple[str, bool]]:
    """Bring each catalog up to the POT, and yield its name and whether that changed it.

    Nothing is written unless all of them can be read.
    """
    problems = Problems()
    pot = read_text(root / "po" / "campaign.pot", root=root, problems=problems, limit=CATALOG_LIMIT)
    merged: dict[Path, str] = {}
    for path in sorted((root / "po").glob("*.po")):
        text = read_text(path, root=root, problems=problems, limit=CATALOG_LIMIT)
        if pot is None or text is None:
            continue
        try:
            # As it stands, with its own line ends: what is not changed keeps its bytes.
            merged[path] = merge(pot, path.read_bytes().decode())
        except UserError as error:
            for problem in error.problems:
                whose = root / "po" / "campaign.pot" if problem.file == "POT" else path
                problems.add(problem.what, problem.fix, label(whose, root), problem.line)
    problems.raise_if_any()
    for path, text in merged.items():
        yield f"po/{path.name}", _write(path, text)


def begin_language(root: Path, tag: str, given: Given) -> Iterator[str]:
    """Write a new language's catalog, and its row where it needs one; yield what was done."""
    problems = Problems()
    pot = read_text(root / "po" / "campaign.pot", root=root, problems=problems, limit=CATALOG_LIMIT)
    problems.raise_if_any()
    started = start(tag, given, root=root, pot=pot or "")
    if started.languages is not None:
        _write(root / FILE, started.languages)
        one = started.language
        yield f"{FILE}: {one.english} ({one.autonym}) is set in {one.families[0]}."
    _write(root / "po" / f"{tag}.po", started.catalog)
    yield f"po/{tag}.po: written, to be translated."
    yield from started.told
    yield f'Next: add "{tag}" to languages in campaign.toml, and order copies.'


def _write(path: Path, text: str) -> bool:
    data = text.encode()
    if path.is_file() and path.read_bytes() == data:
        return False
    beside = path.with_suffix(".partial")
    beside.write_bytes(data)
    beside.replace(path)
    return True
