"""A translation that goes beyond its source is told so in words a translator knows."""

import pytest

from printkit.phrases import Part, names_in, parts_of, source_wrongs, tags_in, words_of, wrongs

CALL = "Call {hotline} or see <site>our page</site>."
GOOD = "Llame al {hotline} o vea <site>nuestra página</site>."


def told(translation: str, source: str = CALL, **kinds: str) -> list[str]:
    return [f"{wrong.what} {wrong.fix}" for wrong in wrongs(translation, source, kinds=kinds)]


def test_a_phrase_falls_into_parts() -> None:
    assert parts_of("Call {hotline}, <b>now</b>") == (
        Part("words", "Call "),
        Part("name", "hotline"),
        Part("words", ", "),
        Part("open", "b"),
        Part("words", "now"),
        Part("close", "b"),
    )
    assert names_in(CALL) == {"hotline"}
    assert tags_in(CALL) == {"site"}
    assert words_of("A {b} c").split() == ["A", "c"]


def test_a_good_translation_is_left_in_peace() -> None:
    assert told(GOOD) == []
    assert told("Siehe <site>unsere Seite</site>, {hotline}, {hotline}.") == []
    assert told("1 < 2 & 3 > 2 &amp; 50 %", "one two three 50 %") == []
    assert told("3 步", "Three steps") == []
    assert told("می‌خواهید", "you want") == []


@pytest.mark.parametrize(
    ("translation", "words"),
    [
        (
            "Vea <site>nuestra página</site>.",
            "{hotline} is missing. Put {hotline} where the phone number belongs.",
        ),
        (GOOD + "{phone}", "{phone} is not in the source. Use {hotline} as the source does."),
        (
            GOOD.replace("{hotline}", "{hotline.__class__}"),
            '"{hotline.__class__}" is no name in braces. '
            "Between the braces stands the name alone, as in the source.",
        ),
        (GOOD + "{0}", '"{0}" is no name in braces.'),
        (GOOD + "{hotline!r}", '"{hotline!r}" is no name in braces.'),
        (GOOD + "{hotline:>1000000000}", '"{hotline:>1000000000}" is no name in braces.'),
        (GOOD + "{hotline[0]}", '"{hotline[0]}" is no name in braces.'),
        (GOOD + "{}", '"{}" is no name in braces.'),
        (GOOD + "{{hotline}}", '"{" is no name in braces.'),
        (GOOD + "}", '"}" is no name in braces.'),
        (GOOD + "{%", '"{%" is no name in braces.'),
        (GOOD.replace("{hotline}", "{ hotline }"), '"{ hotline }" is no name in braces.'),
        (
            "{hotline} <b>página</b>",
            "<site> is missing. Put <site> and </site> around the same words as the source.",
        ),
        (GOOD + "<b>x</b>", "<b> is not in the source. Take it out, both ends of it."),
        (
            GOOD + "<img src=file:///etc/passwd>",
            '"<img src=file:///etc/passwd>" is no tag of the source. '
            "Use the source's tags just as they are, and no others.",
        ),
        (GOOD.replace("<site>", '<site class="x">'), '"<site class=\\"x\\">" is no tag'),
        (GOOD.replace("<site>", "<site onclick=x>"), '"<site onclick=x>" is no tag'),
        (GOOD.replace("site>", "SITE>"), '"<SITE>" is no tag of the source.'),
        (GOOD + "<br/>", '"<br/>" is no tag of the source.'),
        (GOOD + "<!-- x -->", '"<!-- x -->" is no tag of the source.'),
        (GOOD + "<script", '"<script" is no tag of the source.'),
        ("{hotline} <site>a", "<site> is not closed. Add </site>."),
        ("{hotline} </site>a<site>", "</site> closes no tag that is open here."),
        (
            "{hotline} <site><site>a</site></site>",
            "<site> stands inside another <site>. Close it first with </site>.",
        ),
        (
            GOOD + "%(x)1000000000s",
            '"%(x)1000000000s" is a format code of another program.',
        ),
        (GOOD + " %s", '"%s" is a format code of another program.'),
        (GOOD + "\u202e", "there is a stray U+202E (right-to-left override)."),
        (GOOD + "\u200f", "there is a stray U+200F (right-to-left mark)."),
        (GOOD + "\u2066", "there is a stray U+2066 (left-to-right isolate)."),
        (GOOD + "\x07", "there is a stray U+0007 (a control character)."),
        (GOOD + "\ufffd", "there is a stray U+FFFD (replacement character)."),
        (
            GOOD + " evil.example/drop",
            'the address "evil.example/drop" is not in the source. '
            "Take it out; what a reader calls or opens comes in by its {name}.",
        ),
        (GOOD + " a@b.org", 'the address "a@b.org" is not in the source.'),
        (GOOD + " 410-555-0199", 'the phone number "410-555-0199" is not in the source.'),
        (
            GOOD + " 45",
            "the number 45 is not in the source. Write the source's numbers, digit for digit.",
        ),
        (GOOD * 30, "characters, far more than the source's. Shorten it below"),
    ],
)
def test_one_thing_wrong(translation: str, words: str) -> None:
    assert any(words.replace('\\"', '"') in one for one in told(translation, hotline="phone"))


@pytest.mark.parametrize(
    ("source", "translation", "words"),
    [
        (
            "Open privacy.ca.gov/drop.",
            "Abra privacy.ca.gov.evil.com/drop.",
            'the address "privacy.ca.gov.evil.com/drop" is not in the source. '
            "Write privacy.ca.gov/drop just as the source does.",
        ),
        ("Open privacy.ca.gov/drop.", "Ábrala.", 'source\'s address "privacy.ca.gov/drop" is'),
        ("In 45 days.", "En 54 días.", "the number 54 is not in the source."),
        ("In 45 days.", "در ۵۴ روز.", "the number 54 is not in the source."),
        ("Call 410-555-0100", "Llame 410-555-0101", '"410-555-0101" is not in the source.'),
    ],
)
def test_changed_facts(source: str, translation: str, words: str) -> None:
    assert any(words in one for one in told(translation, source))


def test_facts_in_another_scripts_digits_are_the_same_facts() -> None:
    assert told("در ۴۵ روز", "In 45 days") == []


def test_plural_forms_may_leave_out_what_one_of_the_sources_does() -> None:
    one, many = "One page", "{n} pages"
    assert wrongs("Una página", one, many) == []
    assert wrongs("{n} páginas", one, many) == []
    assert [wrong.what for wrong in wrongs("{m}", one, many)] == ["{m} is not in the source."]


def test_a_templates_own_message_is_held_to_the_form() -> None:
    assert source_wrongs(CALL) == []
    assert [wrong.what for wrong in source_wrongs('See <a href="x">this')] == [
        '"<a href=\\"x\\">" is no tag of the source.'.replace("\\", "")
    ]
