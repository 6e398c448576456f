"""The command line as people type it: right, wrong, from outside, and into a pipe."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from building import contents_of
from project_kit import change

from printkit import __version__, cli_build
from printkit.cache import Cache
from printkit.checking import RULES
from printkit.cli import main

SOURCES = Path(__file__).resolve().parent.parent / "src"
ALWAYS = ("--region", "fresno", "--language", "es", "--piece", "leaf", "--edition", "copier")
"""One sheet, so that a build takes a moment."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Runs printkit in a folder, as a person would, without a terminal."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}

    def run_in(*words: str | Path, cwd: Path) -> Done:
        monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "argv", ["printkit", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        out, err = capsys.readouterr()
        assert "\x1b" not in out + err, "plain text where there is no terminal"
        assert isinstance(stopped.value.code, int)
        return Done(stopped.value.code, out, err)

    yield run_in
    for number, handler in before.items():
        signal.signal(number, handler)


Refused = Callable[..., str]


@pytest.fixture
def refused(run: Run) -> Refused:
    """Runs what must be refused: words on standard error, exit code 2, nothing else."""

    def refused_in(*words: str | Path, cwd: Path) -> str:
        done = run(*words, cwd=cwd)
        assert (done.code, done.out) == (2, "")
        return done.err

    return refused_in


def command(*words: str | Path, cwd: Path, **environment: str) -> Done:
    """Run printkit as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "printkit.cli", *(str(word) for word in words)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(SOURCES), **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stderr + done.stdout
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_build_from_a_folder_inside_the_project(run: Run, tiny: Path) -> None:
    done = run("build", *ALWAYS, "--jobs", "1", cwd=tiny / "flyers")
    assert (done.code, done.err) == (0, "")
    first, second, third = done.out.splitlines()
    assert first.startswith("1 sheet in 1 language, 1 file for 1 region, 50 copies ordered, in ")
    assert second.startswith("Every sheet in a language that no native reader has signed off")
    assert third == ("They are in build/1.0-part: a folder a region, each with its packing list.")
    assert len(list((tiny / "build" / "1.0-part" / "fresno" / "copier").iterdir())) == 1


def test_a_build_leaves_no_more_kept_than_is_enough(
    run: Run, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRINTKIT_CACHE", str(tmp_path / "cache"))
    kept = Cache(folder=tmp_path / "cache")
    run("build", *ALWAYS, "--jobs", "1", cwd=tiny)
    much = sum(one.size for one in kept.size())
    monkeypatch.setattr(cli_build, "ENOUGH", much)
    run("build", *ALWAYS, "--jobs", "1", "--out", "elsewhere", cwd=tiny)
    assert 0 < sum(one.size for one in kept.size()) <= much
    monkeypatch.setattr(cli_build, "ENOUGH", 0)
    run("build", *ALWAYS, "--jobs", "1", "--out", "again", cwd=tiny)
    assert sum(one.size for one in kept.size()) == 0


@pytest.mark.slow
def test_json_is_json_and_nothing_else(run: Run, tiny: Path) -> None:
    change(tiny, "campaign.toml", "https://tiny.test", "https://example.org")
    done = command("build", *ALWAYS, "--format", "json", "--jobs", "2", cwd=tiny)
    assert (done.code, done.err) == (0, "")
    told = json.loads(done.out)
    assert (told["out"], told["sheets"], told["withheld"]) == ("build/1.0-part", 1, 0)
    assert [found["code"] for found in told["findings"]] == ["landing-placeholder"]
    checked = run("check", "--format", "json", cwd=tiny)
    assert [one["code"] for one in json.loads(checked.out)["findings"]] == ["landing-placeholder"]


def test_json_for_problems_too(run: Run, tiny: Path) -> None:
    line = change(tiny, "regions/orders.csv", "kern,es,handbill,100", "kern,es,handbill,-5")
    for words in (["build"], ["check"]):
        done = run(*words, "--format", "json", cwd=tiny)
        assert (done.code, done.err) == (2, "")
        (problem,) = json.loads(done.out)["problems"]
        assert (problem["file"], problem["line"]) == ("regions/orders.csv", line)


def test_a_fail_is_exit_code_1_and_told(run: Run, tiny: Path) -> None:
    change(tiny, "po/es.po", "Llame al {hotline} o escriba", "Escriba")
    done = run("build", *ALWAYS, "--jobs", "1", cwd=tiny)
    assert (done.code, done.err) == (1, "")
    assert done.out.startswith("FAIL ")
    assert "1 sheet withheld: see FAIL above." in done.out
    checked = run("check", "--language", "es", cwd=tiny)
    assert checked.code == 1
    assert "1 language, 3 pieces: " in checked.out.splitlines()[-1]


def test_a_good_check(run: Run, tiny_once: Path) -> None:
    done = run("check", cwd=tiny_once)
    assert (done.code, done.out) == (
        0,
        "3 languages, 3 pieces: nothing to say against them.\n",
    )


def test_help_says_what_there_is(run: Run, tmp_path: Path) -> None:
    done = run("--help", cwd=tmp_path)
    assert done.code == 0
    for command in ("build", "check", "proof", "explain", "po"):
        assert f"  {command} " in done.out
    told = run("build", "-h", cwd=tmp_path).out
    for option in (
        "--region",
        "--language",
        "--piece",
        "--edition",
        "--release",
        "--jobs",
        "--out",
    ):
        assert option in told
    assert run("--version", cwd=tmp_path).out == f"printkit {__version__}\n"
    assert "Usage: " in run(cwd=tmp_path).out + run(cwd=tmp_path).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["bild"], "Did you mean 'build'?"),
        (["build", "--regoin", "fresno"], "No such option: --regoin"),
        (["build", "--regoin", "fresno"], "--region"),
        (["build", "--jobs", "many"], "--jobs"),
        (["build", "--jobs", "-1"], "--jobs"),
        (["build", "--format", "xml"], "'xml' is not one of"),
        (["build", "fresno"], "unexpected extra argument"),
        (["explain"], "Missing argument"),
    ],
)
def test_wrong_options_are_told_with_the_nearest_right_one(
    refused: Refused, words: list[str], told: str, tmp_path: Path
) -> None:
    assert told in refused(*words, cwd=tmp_path)


def test_wrong_names_are_told_all_at_once(refused: Refused, tiny_once: Path) -> None:
    err = refused("build", "-r", "fresnoo", "-l", "ess", "-p", "leef", "-e", "pres", cwd=tiny_once)
    assert err.splitlines() == [
        '--region: There is no region "fresnoo". Did you mean "fresno"?',
        '--language: "ess" is not a language of this project. Did you mean "es"?',
        '--piece: "leef" is not a piece of this project. Did you mean "leaf"?',
        '--edition: "pres" is not an edition of this project. Did you mean "press"?',
        "4 things to put right first. Nothing was changed.",
    ]


@pytest.mark.parametrize("command", ["build", "check", "proof"])
def test_outside_a_project(refused: Refused, command: str, tmp_path: Path) -> None:
    assert refused(command, cwd=tmp_path).splitlines()[0] == (
        "There is no campaign.toml here or in a folder above. "
        "Change into the project's folder, or name it with --project FOLDER."
    )


def test_a_project_that_is_not_there_is_never_looked_for_above(
    refused: Refused, tiny_once: Path
) -> None:
    assert refused("check", "--project", tiny_once / "flyer", cwd=tiny_once).startswith(
        '--project: "'
    )
    assert "is no folder. Name the folder that holds campaign.toml." in refused(
        "check", "--project", "flyer", cwd=tiny_once
    )


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "", "23.11.2026"])
def test_a_day_that_is_none(refused: Refused, day: str, tiny_once: Path) -> None:
    assert refused("check", "--as-of", day, cwd=tiny_once).splitlines()[0] == (
        f'--as-of: "{day}" is not a day. Write year-month-day, such as 2026-11-23.'
    )


def test_another_day_is_judged_at(run: Run, tiny_once: Path) -> None:
    done = run("check", "--as-of", "2027-06-01", cwd=tiny_once)
    assert done.code == 0
    assert "The fact hotline was last checked on 2026-07-01." in done.out


def test_places_that_cannot_be_written_to(refused: Refused, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    outs = {
        tmp_path / "file": "is there already, and no build made it",
        tmp_path / "file" / "below": "File exists",
        tmp_path / ("x" * 300): "File name too long",
        Path("/proc/printkit"): "/proc",
        Path(os.fsdecode(b"/tmp/\xff")): "is not UTF-8",
    }
    for out, told in outs.items():
        err = refused("build", *ALWAYS, "--jobs", "1", "--out", out, cwd=tiny)
        assert told in err
        assert len(err) < 500
    assert contents_of(tiny / "build") == {}
    assert (tmp_path / "file").read_text() == "mine"


def test_a_proof_that_cannot_be_written(refused: Refused, tiny: Path) -> None:
    (tiny / "file").write_text("mine")
    assert "File exists" in refused("proof", *ALWAYS, "-j", "1", "-o", "file", cwd=tiny)


def test_a_proof(run: Run, tiny: Path) -> None:
    done = run("proof", *ALWAYS, "-j", "1", cwd=tiny)
    assert (done.code, done.err) == (0, "")
    assert done.out == "build/proofs/es.png\nbuild/proofs/es.pdf\n"


def test_a_release_of_drafts_builds_nothing_and_says_why(refused: Refused, tiny: Path) -> None:
    line = change(tiny, "campaign.toml", "https://tiny.test", "https://example.org")
    err = refused("build", "--release", cwd=tiny)
    assert f"campaign.toml:{line}: The landing address is https://example.org" in err
    assert "No native reader has signed off: en, es, ar." in err
    assert err.splitlines()[-1].endswith("things to put right first. Nothing was changed.")
    assert not (tiny / "build").exists()


def test_the_shipped_campaign_is_not_released(refused: Refused, project: Path) -> None:
    before = (project / "build").exists()
    err = refused("build", "--release", "--as-of", "2026-11-23", cwd=project)
    assert "a placeholder" in err
    assert "No native reader has signed off: en, es, zh-Hant, " in err
    assert (project / "build").exists() == before


def test_a_profile_that_is_none_is_refused_before_anything_is_made(
    refused: Refused, tiny: Path
) -> None:
    (tiny / "shop.icc").write_bytes(b"no profile")
    assert refused("build", "--profile", "shop.icc", cwd=tiny).startswith(
        '--profile: "shop.icc": this is not a whole ICC profile. '
        "Ask the shop for the ICC profile (.icc) of its press and paper.\n"
    )
    assert not (tiny / "build").exists()


def test_a_shop_that_takes_x1a_gets_it(run: Run, tiny: Path) -> None:
    words = (*ALWAYS[:-1], "press", "--standard", "pdf/x-1a", "--jobs", "1")
    profile = tiny / "profiles" / "TR006.icc"
    done = run("build", *words, "--profile", profile, cwd=tiny)
    assert (done.code, done.err) == (0, "")
    (file,) = (tiny / "build" / "1.0-part" / "fresno" / "press").iterdir()
    assert b"(PDF/X-1a:2003)" in file.read_bytes()


@pytest.mark.slow
def test_a_name_that_the_terminal_cannot_show(run: Run, tiny: Path) -> None:
    out = tiny / "répertoire-目录"
    done = command("build", *ALWAYS, "-j", "1", "-o", out, cwd=tiny, PYTHONIOENCODING="ascii")
    assert done.code == 0
    assert "r\\xe9pertoire-\\u76ee\\u5f55" in done.out


def test_every_rule_is_explained(run: Run, tmp_path: Path) -> None:
    for code, rule in RULES.items():
        done = run("explain", code.upper(), cwd=tmp_path)
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines() == [
            f"{code} ({rule.severity})",
            f"Rule: {rule.rule}",
            f"Because: {rule.because}",
        ]


def test_a_rule_that_there_is_not(refused: Refused, tmp_path: Path) -> None:
    assert refused("explain", "text-overflow", cwd=tmp_path).splitlines()[0] == (
        'There is no check "text-overflow". Did you mean "text-overflows"?'
    )


def test_bad_sources_are_told_all_at_once_and_no_file_is_touched(
    refused: Refused, tiny: Path
) -> None:
    change(tiny, "campaign.toml", 'name = "Tiny campaign"', "name = 3")
    change(tiny, "regions/orders.csv", "alameda,en,leaf,100,", "alamedda,en,leaf,100,")
    change(tiny, "flyers/leaf/piece.toml", "pages = 2", "pages = 0")
    before = contents_of(tiny)
    err = refused("build", cwd=tiny)
    for file in ("campaign.toml:1: ", "regions/orders.csv:2: ", "flyers/leaf/piece.toml:3: "):
        assert file in err
    assert contents_of(tiny) == before
