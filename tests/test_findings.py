import json
import pickle

from printkit.findings import Finding, Rule, Severity, finding

OVERFLOWS = Rule(
    code="text-overflows",
    severity=Severity.FAIL,
    rule="Every text stays in its box.",
    because="What leaves its box is cut off or printed over something else.",
)


def test_a_finding_names_sheet_page_place_and_fix() -> None:
    found = finding(
        OVERFLOWS,
        "The heading is 0.3 in too wide.",
        "Shorten it.",
        piece="card",
        language="es",
        edition="press",
        page=2,
        place=(0.4, 1.2, 3.0, 0.5),
    )
    assert str(found) == (
        "FAIL card es press, page 2, 0.4 in across, 1.2 in down: "
        "The heading is 0.3 in too wide. Shorten it. (text-overflows)"
    )
    assert found.code == "text-overflows"
    assert found.severity is Severity.FAIL


def test_a_finding_in_a_source_names_file_and_line() -> None:
    found = finding(OVERFLOWS, "Too long.", "Shorten it.", file="po/es.po", line=7)
    assert str(found) == "FAIL po/es.po:7: Too long. Shorten it. (text-overflows)"
    assert str(finding(OVERFLOWS, "Too long.", "")) == "FAIL: Too long. (text-overflows)"


def test_as_dict_holds_only_what_is_known_and_goes_to_json() -> None:
    found = finding(OVERFLOWS, "Too long.", "Shorten it.", page=1, place=(0.0, 1.0, 2.0, 3.0))
    assert json.loads(json.dumps(found.as_dict())) == {
        "code": "text-overflows",
        "severity": "FAIL",
        "what": "Too long.",
        "fix": "Shorten it.",
        "page": 1,
        "place": [0.0, 1.0, 2.0, 3.0],
    }


def test_a_finding_crosses_to_another_process() -> None:
    found = Finding(code="a", severity=Severity.NOTE, what="b", fix="c")
    assert pickle.loads(pickle.dumps(found)) == found
