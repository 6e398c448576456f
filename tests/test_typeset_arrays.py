"""Arrays for HarfBuzz: the same values, and a type that is parsed once whatever their number."""

import pytest
import weasyprint.pdf.fonts

from printkit.typeset.arrays import open_arrays


def test_an_array_holds_its_values_whatever_their_number() -> None:
    own = weasyprint.pdf.fonts.ffi
    with open_arrays():
        ffi = weasyprint.pdf.fonts.ffi
        arrays = [ffi.new(f"hb_codepoint_t[{len(values)}]", values) for values in ([3, 5], [7])]
        kinds = {ffi.typeof(array) for array in arrays}
        assert [list(array) for array in arrays] == [[3, 5], [7]]
        assert len(kinds) == 1, "of one type, which cffi knows after the first"
    assert weasyprint.pdf.fonts.ffi is own


def test_an_array_without_values_has_the_length_asked_for() -> None:
    with open_arrays():
        assert len(weasyprint.pdf.fonts.ffi.new("hb_tag_t[100]")) == 100


def test_what_goes_wrong_meanwhile_leaves_nothing_behind() -> None:
    own = weasyprint.pdf.fonts.ffi
    with pytest.raises(ZeroDivisionError), open_arrays():
        raise ZeroDivisionError
    assert weasyprint.pdf.fonts.ffi is own
