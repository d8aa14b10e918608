"""Words of a text: one form for what people write in many ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess.tokens import fold_phrase, tokenize


@pytest.mark.parametrize(
    ("written", "same_as"),
    [
        ("check-in", "Check in"),
        ("EHR/EMR", "ehr emr"),
        ("H.I.P.A.A.", "HIPAA"),
        ("B.S", "BS"),
        ("bachelor\u2019s", "bachelors"),
        ("Résumé", "resume"),
        ("billing & coding", "billing and coding"),
        ("Doxy.me", "doxy me"),
    ],
)
def test_ways_of_writing_come_out_alike(written, same_as):
    assert fold_phrase(written) == fold_phrase(same_as)


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("one two", [4, 0]),
        ("one, two", [4, 1]),
        ("one; two", [4, 2]),
        ("one. Two", [4, 3]),
        ("one\ntwo", [4, 4]),
        ("one    two", [4, 2]),
        ("Doxy.me", [4, 0]),
    ],
)
def test_what_stands_between_words(text, breaks):
    assert tokenize(text).breaks == breaks


@given(st.text(max_size=300))
def test_places_are_slices_of_the_text(text):
    tokens = tokenize(text)
    assert len(tokens.words) == len(tokens.starts) == len(tokens.ends) == len(tokens.breaks)
    previous = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert previous <= start < end <= len(text)
        previous = end


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=200))
def test_case_does_not_matter(text):
    assert tokenize(text.upper()).words == tokenize(text.lower()).words
