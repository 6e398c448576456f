"""The command for orders: what it makes, what it tells, and how it ends."""

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from building import built, contents_of
from ordering_kit import SHOP, make_order_kit
from project_kit import sign_off, write
from typer.testing import CliRunner, Result

from printkit.cli import app
from printkit.errors import UserError

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["order", "--shop", "corner", "--project", str(root), *words])


def refused(root: Path, *words: str) -> str:
    result = run(root, *words)
    assert isinstance(result.exception, UserError), result.output
    return str(result.exception)


def test_an_order_is_made_and_told(tiny: Path) -> None:
    make_order_kit(tiny)
    result = run(tiny, "--jobs", "1")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "8 files, 2,400 copies for 4 places: 1,005 needed, 1,395 spares. "
        "Price: 120.00 USD, without 5 of 8 files: price missing.",
        "To have prices told, write [[prices]] into shops/corner.toml.",
        "It is in build/orders/corner; all of it in one file: build/orders/corner.zip",
    ]
    assert zipfile.is_zipfile(tiny / "build/orders/corner.zip")


def test_a_build_and_a_place_can_be_named(tiny: Path, tmp_path: Path) -> None:
    out = make_order_kit(tiny).rename(tmp_path / "a build")
    words = ("--build", str(out), "--out", str(tmp_path / "out"), "-r", "Kern", "--jobs", "1")
    result = run(tiny, *words)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out" / "corner" / "order.csv").is_file()
    assert "1 files" not in result.output and result.output.startswith("1 file, 250 copies for 1 ")


def test_failed_sheets_are_told_and_change_the_exit_code(tiny: Path) -> None:
    out = make_order_kit(tiny)
    content = json.loads((out / "MANIFEST.json").read_text(encoding="utf-8"))
    first = next(one for one in content["sheets"] if one["edition"] == "press")
    first |= {"file": None, "sha256": None, "digest": None, "findings": []}
    (out / "MANIFEST.json").write_text(json.dumps(content), encoding="utf-8")
    result = run(tiny, "--jobs", "1")
    assert result.exit_code == 1
    assert "Not in this order: Leaf in English (en), 100 copies for Alameda County" in result.output


def test_there_must_be_a_build_and_a_shop(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar", "legal")
    assert 'there is no shop "corner"' in refused(tiny)
    write(tiny, "shops/corner.toml", SHOP)
    assert "There is no build in" in refused(tiny)


def test_an_order_that_is_sent_goes_into_the_ledger_once(tiny: Path) -> None:
    make_order_kit(tiny)
    sent = ("--ordered", "2026-07-03", "--jobs", "1")
    assert run(tiny, *sent).exit_code == 0
    lines = (tiny / "orders/ledger.jsonl").read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    assert sum(entry["copies"] for entry in entries) == 2400
    assert {entry["on"] for entry in entries} == {"2026-07-03"}
    leaf = [entry for entry in entries if (entry["piece"], entry["language"]) == ("leaf", "es")]
    assert [(entry["region"], entry["copies"], entry["price"]) for entry in leaf] == [
        ("alameda", 150, "27.00"), ("fresno", 50, "9.00"), ("spares", 50, "9.00"),
    ]  # fmt: skip
    assert "in the ledger already" in refused(tiny, *sent)
    assert run(tiny, *sent, "--again").exit_code == 0
    assert "a proof run is not counted" in refused(tiny, *sent, "--proof-run")


def test_an_edited_order_is_checked_and_nothing_made(tiny: Path) -> None:
    make_order_kit(tiny)
    run(tiny, "--jobs", "1")
    path = tiny / "edited.csv"
    text = (tiny / "build/orders/corner/order.csv").read_text(encoding="utf-8-sig")
    path.write_text(text, encoding="utf-8")
    result = run(tiny, "--check", str(path))
    assert result.output == (
        "It adds up: 8 files, 2,400 copies; 120.00 USD; price missing for 5.\n"
    )
    path.write_text(text.replace(",100,150,250,", ",100,150,500,"), encoding="utf-8")
    assert "edited.csv:2: copies: 500 are not the 100 needed and 150 spares." in refused(
        tiny, "--check", str(path)
    )
    assert "there is no file" in refused(tiny, "--check", str(tiny / "none.csv"))


@pytest.mark.slow
def test_a_real_build_is_ordered_whole(tiny: Path) -> None:
    sign_off(tiny, "en", "es", "ar", "legal")
    shutil.copytree(Path(__file__).parent.parent / "shops", tiny / "shops")
    built(tiny, out=tiny / "build" / "1.0", editions=["press"])
    words = ["order", "--shop", "example", "--project", str(tiny), "--jobs", "2"]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("8 files, 1,350 copies for 4 places: 1,005 needed, 345 spares.")
    first = contents_of(tiny / "build/orders")
    assert CliRunner().invoke(app, words).exit_code == 0
    assert contents_of(tiny / "build/orders") == first


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_libreoffice_reads_the_workbook_as_it_was_meant(tiny: Path, tmp_path: Path) -> None:
    make_order_kit(tiny)
    assert run(tiny, "--jobs", "1").exit_code == 0
    folder = tiny / "build/orders/corner"
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    subprocess.run(
        [str(SOFFICE), home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path),
         str(folder / "order.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    read, made = (
        path.read_text(encoding="utf-8-sig").splitlines()
        for path in (tmp_path / "order.csv", folder / "order.csv")
    )
    plain = [line.replace(".00,", ",") for line in made]
    assert [line.replace(".00,", ",") for line in read] == plain
