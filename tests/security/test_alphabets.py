"""Letters in disguise become plain, invisible ones vanish, and lookalikes are named and match nothing."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcc_assess import catalog, readers
from pcc_assess.assess import assess_bytes
from pcc_assess.readers.content import clean

TEXTS = st.text(
    alphabet=st.characters() | st.sampled_from("\u202e\u200b\xad\u0301\u0316\ufb01\U0001d404\U000e0041\u3164")
)


@given(TEXTS)
def test_a_clean_text_is_clean_and_stays_so(text):
    once = clean(text)
    assert clean(once) == once
    assert [c for c in once if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") and c not in "\n\t"] == []


@pytest.mark.parametrize(
    "written, plain",
    [
        ("\uff25\uff50\uff49\uff43", "Epic"),
        ("\U0001d404\U0001d429\U0001d422\U0001d41c", "Epic"),
        ("e\u0301pic", "\xe9pic"),
        ("\ufb01le o\ufb03ce", "file office"),
        ("E\u200bp\u2060i\xadc", "Epic"),
        ("Epic\U000e0041\U000e0042\U000e007f", "Epic"),
        ("\u202ecipE\u202c", "cipE"),
        ("Epic\u2122 \xbd", "Epic\u2122 \xbd"),
        ("\uff11\uff12", "12"),
        ("a\ud800b", "a\ufffdb"),
        ("\u3164x\uffa0", "x"),
    ],
)
def test_letters_in_disguise_become_plain(written, plain):
    assert clean(written) == plain


def test_a_tower_of_marks_takes_no_time_and_leaves_the_word():
    tower = "Epi" + "\u0301\u0316" * 400_000 + "c"
    began = time.process_time()
    assert len(clean(tower)) < 50
    assert time.process_time() - began < 2


def found(text, aim):
    return assess_bytes(f"Jane Doe\nSkills\n{text}, phones, filing, reception\n".encode(), "a.txt", aim)


@pytest.mark.parametrize("word", ["HIP\u0410\u0410", "hip\u0430a", "Microsoft Ex\u0441el"])
def test_a_lookalike_is_named_and_matches_nothing(word, aim):
    plain = word.translate({0x410: "A", 0x430: "a", 0x441: "c"})
    with_it, without = (set(found(text, aim).profile.skills) for text in (word, "zzzz"))
    assert with_it == without < set(found(plain, aim).profile.skills)
    assert any(word.split()[-1] in note for note in found(word, aim).input.notes)


@pytest.mark.parametrize(
    "text",
    ["5 \u03bcg", "TNF\u03b1", "\u03b2-blockers", "na\xefve r\xe9sum\xe9", "\u041f\u0440\u0438\u0432\u0435\u0442 Epic"],
)
def test_honest_alphabets_are_no_news(text):
    document = readers.read(f"one two three {text}".encode(), "a.txt", parse_yaml=catalog.parse_yaml, few_words=3)
    assert document.notes == ()


def test_a_quote_is_the_very_slice_of_the_text(aim):
    text = "Jane\nExperience\nReceptionist, Clinic, Jan 2019 - Present\n"
    text += "\u2022 O\ufb03ce: sche\xadduled pa\u200btients in E\u0301pic\n"
    record = assess_bytes(text.encode(), "a.txt", aim)
    document = readers.read(text.encode(), "a.txt", parse_yaml=catalog.parse_yaml, few_words=3)
    quotes = [item for finding in record.profile.skills.values() for item in finding.evidence]
    assert quotes
    for item in quotes:
        assert document.text[item.start : item.end] == item.quote
