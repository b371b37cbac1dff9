import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import anchoring
from articles.anchoring import CONTEXT, Anchor, find, find_all, fold, make, normalise

TEXT = (
    "The harbour will stay open, the minister said on Monday.\n\n"
    "“We will not close it,” Ilva Moren told the assembly. Others were less sure. “We will not close it,” "
    "the mayor of Port Sel repeated a week later, “whatever they say.”"
)


def anchor_of(words, occurrence=0, text=TEXT):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return make(text, start, start + len(words)), start


def test_words_are_found_again_when_text_is_put_before_them():
    anchor, start = anchor_of("whatever they say.")
    added = "A new first paragraph.\n\n"
    assert find(added + TEXT, anchor) == (
        start + len(added),
        start + len(added) + len("whatever they say."),
    )


@pytest.mark.parametrize("occurrence", [0, 1])
def test_context_decides_when_words_stand_twice(occurrence):
    anchor, start = anchor_of("We will not close it,", occurrence)
    assert find("An editor’s note. " + TEXT, anchor) == (start + 18, start + 18 + 21)


def test_context_decides_when_it_was_edited_itself():
    anchor, _ = anchor_of("We will not close it,", 1)
    edited = TEXT.replace("the mayor of Port Sel repeated", "the mayor repeated")
    assert find(edited, anchor)[0] == edited.rindex("We will not close it,")


def test_hint_decides_when_context_is_the_same():
    text = "x " * 40 + "same words here " + "x " * 40 + "same words here " + "x " * 40
    second = text.rindex("same words")
    assert find(text, make(text, second, second + 15), hint=second + 3) == (
        second,
        second + 15,
    )


def test_anchor_drifts_when_a_word_of_it_changes():
    anchor, _ = anchor_of("whatever they say.")
    assert find(TEXT.replace("whatever they say", "whatever he says"), anchor) is None


def test_words_are_found_when_quote_marks_and_spaces_change():
    text = "He said: “It’s the ‘Blue Party’ of old,” and left the caf\u00e9."
    anchor = make(text, 10, text.index("” and"))
    changed = "He said: \"It's  the 'Blue\u00a0Party' of\nold,\" and left the cafe\u0301."
    start, end = find(changed, anchor)
    assert normalise(changed[start:end]) == normalise(anchor.exact)


def test_short_words_drift_when_nothing_around_them_is_the_same():
    text = "The answer was “never” when she was asked about the plan again."
    anchor = make(text, 16, 21)
    assert find("Some never learn; others do it quickly enough.", anchor) is None


def test_a_piece_of_a_longer_word_is_not_the_anchor():
    assert find("The partyline went dead at once.", Anchor("party", "The ", "line")) == (4, 9)
    assert find("The partyline went dead at once.", Anchor("party", "The ", " went")) is None


def test_an_empty_anchor_is_drifted():
    assert find(TEXT, Anchor("  ")) is None


words = st.text(alphabet="ab éñ“”’‘\"'\u00a0\n\u00ad.,XY", max_size=160)


@given(words, st.integers(0, 160), st.integers(0, 160))
def test_an_anchor_made_is_found_in_the_same_text(text, one, other):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    anchor = make(text, start, end)
    found = find(text, anchor, hint=start)
    if normalise(text[start:end]) and fold(text).text.find(normalise(text[start:end])) >= 0:
        assert found is not None
        assert normalise(text[slice(*found)]) == normalise(text[start:end])
    assert len(anchor.prefix) <= CONTEXT
    assert len(anchor.suffix) <= CONTEXT


@given(st.text(), st.text(), st.text(), st.text())
def test_finding_never_fails_on_any_text(text, exact, prefix, suffix):
    found = find(text, Anchor(exact, prefix, suffix))
    assert found is None or 0 <= found[0] < found[1] <= len(text)


@given(st.text())
def test_folding_keeps_the_way_back(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


def test_the_same_words_at_two_places_are_two_and_one_does_not_take_the_place_of_the_other():
    first, second = (anchor_of("We will not close it,", occurrence)[0] for occurrence in (0, 1))
    places = find_all(TEXT, [first, second])
    assert [place[0] for place in places] == [TEXT.index("We will"), TEXT.rindex("We will")]
    edited = TEXT.replace("We will not close it,", "We shall not close it,", 1)
    assert find_all(edited, [first, second]) == [None, find(edited, second)]
    assert find_all(edited, [second, first]) == [find(edited, second), None]


def test_words_that_two_people_said_together_are_one_place_for_both():
    together, _ = anchor_of("We will not close it,", 1)
    assert find_all(TEXT, [together, together]) == [find(TEXT, together)] * 2


def test_words_of_which_nobody_knows_where_they_stood_take_the_place_that_is_free():
    first, _ = anchor_of("We will not close it,")
    assert find_all(TEXT, [Anchor("We will not close it,"), first])[0][0] == TEXT.rindex("We will")
    assert None not in find_all(TEXT, [Anchor("We will not close it,")] * 3)


UNEVEN = st.lists(
    st.sampled_from(
        ["a", "Z", " ", "  ", "\n", "\u00a0", "\u200b", "“", "’", "é", "e\u0301", "\u00ad", "ق\u064b", "か\u3099"]
    )
)


@given(UNEVEN.map("".join))
def test_a_text_is_folded_the_same_at_once_and_cluster_by_cluster(text):
    at_once, by_clusters = anchoring.fold(text), anchoring._by_clusters(text)
    assert at_once.text == by_clusters.text
    assert [*at_once.starts] == [*by_clusters.starts]
    assert [*at_once.ends] == [*by_clusters.ends]


def test_every_space_of_unicode_is_an_odd_one_but_the_plain():
    odd = set(anchoring.ODD_SPACES)
    assert odd == {chr(code) for code in range(0x110000) if chr(code).isspace()} - {" "} | set("\u200b\u2060\ufeff")
