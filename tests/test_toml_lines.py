from printkit.toml_lines import lines_of


def test_every_key_and_header_has_its_line() -> None:
    text = 'a = 1\n\n[b]\nc.d = [\n1]\n[[e]]\n"f g" = """\nh = 1\n"""\n[[e]]\ni = {j = 2}\n'
    assert lines_of(text) == {
        (): 1,
        ("a",): 1,
        ("b",): 3,
        ("b", "c"): 4,
        ("b", "c", "d"): 4,
        ("e",): 6,
        ("e", 0): 6,
        ("e", 0, "f g"): 7,
        ("e", 1): 10,
        ("e", 1, "i"): 11,
    }


def test_tables_below_a_list_of_tables_belong_to_its_last_entry() -> None:
    lines = lines_of("[[a]]\n[[a]]\n[a.b]\nc = 1\n[[a.d]]\ne = 1\n")
    assert lines[("a", 1, "b", "c")] == 4
    assert lines[("a", 1, "d", 0, "e")] == 6


def test_marks_in_texts_and_comments_count_for_nothing() -> None:
    lines = lines_of(
        "a = '[\"' # ] '\nb = \"\\\"]\" # \"\nc = ''''x''''\nd = '''\n'''\ne = 1979-05-27\nf=1"
    )
    assert [lines[(key,)] for key in "abcdef"] == [1, 2, 3, 4, 6, 7]


def test_an_empty_text() -> None:
    assert lines_of("") == {(): 1}


def test_a_key_of_a_hundred_thousand_names_takes_no_time() -> None:
    assert len(lines_of("a." * 100_000 + "b = 1")) < 100
