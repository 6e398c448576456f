"""What printkit says can be said again in another language, and never says less."""

import pickle

from printkit.said import Said, say, told

SENTENCE = say("{name} is missing.", name="{hotline}")


def test_a_sentence_is_its_english_text() -> None:
    assert SENTENCE == "{hotline} is missing."
    assert pickle.loads(pickle.dumps(SENTENCE)).values == {"name": "{hotline}"}
    assert say("Use the source's {name}.") == "Use the source's {name}."


def test_it_is_told_in_another_language_with_all_its_parts() -> None:
    spanish = {"{name} is missing.": "falta {name}.", "In {text}, {clause}": "En {text}, {clause}"}
    outer = say("In {text}, {clause}", text='"{x}"', clause=SENTENCE)
    assert told(outer, lambda text: spanish.get(text, text)) == 'En "{x}", falta {hotline}.'
    assert told("plain", lambda text: "other") == "plain"


def test_a_translation_that_lost_a_name_or_reaches_further_is_not_used() -> None:
    for wrong in ("falta.", "falta {name} {other}.", "falta {name.__class__}."):
        assert told(SENTENCE, lambda text, wrong=wrong: wrong) == SENTENCE  # type: ignore[misc]
    assert isinstance(SENTENCE, Said)
