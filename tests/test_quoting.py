import pathlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.quoting import RULES, find_quotes, passages

WIRE = (pathlib.Path(__file__).parent / "data" / "wire_story.txt").read_text(encoding="utf-8")


def only(text):
    (quote,) = find_quotes(text)
    return quote


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("“The port is open,” Ilva Moren said.", "Ilva Moren", "reporting verb after the quote"),
        ('"The port is open," said Ilva Moren.', "Ilva Moren", "reporting verb after the quote"),
        ("“The port is open,\" said Ilva Moren, the mayor.", "Ilva Moren", "reporting verb after the quote"),
        ("“The port is open,” Ilva Moren, the mayor, said.", "Ilva Moren", "reporting verb after the quote"),
        ("“The port is open,” a spokesman for the ministry said.", "a spokesman for the ministry",
         "reporting verb after the quote"),
        ("“The port is open,” said two officials familiar with the plan.", "two officials",
         "reporting verb after the quote"),
        ("Ilva Moren said: “The port is open.”", "Ilva Moren", "reporting verb before the quote"),
        ("Ilva Moren told reporters that “the port is open” now.", "Ilva Moren", "reporting verb before the quote"),
        ("On Tuesday Ilva Moren said, “The port is open.”", "Ilva Moren", "reporting verb before the quote"),
        ("“The port is open,” according to the harbour office.", "the harbour office", "according to"),
        ("Moren: “The port is open to all.”", "Moren", "name and colon before the quote"),
        ("“Will the port open?” Ilva Moren asked.", "Ilva Moren", "reporting verb after the quote"),
    ],
)  # fmt: skip
def test_speaker_is_found_by_the_surest_rule(text, speaker, rule):
    quote = only(text)
    assert (quote.speaker.text, quote.rule) == (speaker, rule)


def test_speaker_is_the_subject_of_the_verb_when_the_quote_has_a_subject_too():
    quote = only("Moren “thanked the crews for their work in the storm,” the Maple Palace said at the time.")
    assert (quote.speaker.text, quote.kind) == ("the Maple Palace", "mixed")


def test_issuer_speaks_when_the_statement_said():
    first, second = find_quotes(
        "“The port is open to all,” the Harbour Ministry said in a statement.\n\n"
        "“No ship will wait,” the statement said."
    )
    assert second.speaker == first.speaker
    assert second.source.text == "the statement"


def test_pronoun_keeps_its_place_and_says_whom_it_stands_for():
    _, quote = find_quotes("Ilva Moren said the port was open again.\n\n“No ship will wait,” she said.")
    assert quote.speaker.text == "she"
    assert quote.antecedent.text == "Ilva Moren"


def test_nested_marks_and_apostrophes_stay_inside():
    quote = only("“It’s the ‘Blue Fleet’ that won’t come in,” Ilva Moren said.")
    assert quote.text == "It’s the ‘Blue Fleet’ that won’t come in,"


def test_single_marks_quote_when_there_are_no_double_ones():
    assert only("‘We don’t know yet when it opens,’ said Ilva Moren.").text == "We don’t know yet when it opens,"


def test_speech_runs_on_when_it_opens_again_and_closes_once():
    first, second = find_quotes("“The port is open,” Moren said. “It was hard.\n\n“But it is done now.”")[1:]
    assert first.speaker == second.speaker
    assert second.text == "But it is done now."


def test_speaker_goes_on_in_a_paragraph():
    first, second = find_quotes("“The port is open,” Moren said. “It will stay so.”")
    assert first.speaker == second.speaker
    assert second.rule == "same speaker as the quote before in the paragraph"


def test_nobody_is_named_when_there_is_nobody():
    assert only("“All of this is quite open.”").speaker is None


@pytest.mark.parametrize(
    ("text", "words", "source", "cue", "rule"),
    [
        ("The port will open, according to two officials.", "The port will open", "two officials", "according to",
         "according to"),
        ("According to the ministry, the port will open on Monday.", "the port will open on Monday", "the ministry",
         "According to", "according to"),
        ("The MNG denies any foreign support.", "any foreign support", "The MNG", "denies", "denial"),
        ("Ships came back in May, Vostian customs data showed.", "Ships came back in May", "Vostian customs data",
         "showed", "data or document showed"),
        ("It was a move some envoys took as sign Lindenburg would act.", "Lindenburg would act", "some envoys", "took",
         "taken as a sign"),
        ("Ilva Moren said that the port would open.", "the port would open", "Ilva Moren", "said", "reporting verb"),
        ("The port would open, Ilva Moren said on Monday.", "The port would open", "Ilva Moren", "said",
         "reporting verb"),
        ("Residents fear that the port will close.", "the port will close", "Residents", "fear", "belief"),
    ],
)  # fmt: skip
def test_paraphrase_is_found(text, words, source, cue, rule):
    quote = only(text)
    assert (quote.kind, quote.text, quote.source.text, quote.cue.text, quote.rule) == (
        "indirect", words, source, cue, rule
    )  # fmt: skip


def test_everything_said_in_a_wire_story_is_found():
    found = [(quote.kind, quote.speaker.text, quote.source.text) for quote in find_quotes(WIRE)]
    assert found == [
        ("indirect", "Ostrava", "Ostrava"),
        ("indirect", "Ostrava", "Ostrava"),
        ("indirect", "Ostrava", "Ostrava"),
        ("indirect", "envoys and Port Sel officials", "envoys and Port Sel officials"),
        ("indirect", "The MNG", "The MNG"),
        ("direct", "the Ostravan Foreign Ministry", "the Ostravan Foreign Ministry"),
        ("direct", "the Ostravan Foreign Ministry", "the statement"),
        ("indirect", "some envoys", "some envoys"),
        ("indirect", "President Ilva Moren", "President Ilva Moren"),
        ("mixed", "the Maple Palace", "the Maple Palace"),
        ("indirect", "Vostian customs data", "Vostian customs data"),
    ]


def test_passages_are_the_words_inside_outermost_marks():
    text = 'He read “a ‘small’ note” and "another one".\nA 6" pipe; “an open end'
    assert [text[start:end] for start, end in passages(text)] == ["a ‘small’ note", "another one", "an open end"]


def test_every_rule_has_a_name_that_fits_and_a_precision():
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(len(rule.name) <= 60 and 0 < rule.confidence < 1 for rule in RULES)


PIECES = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "'",
    " ",
    "\n",
    ". ",
    ", ",
    "said",
    "He",
    "the",
    "Ilva",
    "Moren",
    "according to",
    "-",
    ":",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join))
def test_spans_slice_back_to_the_text_whatever_it_is(text):
    for quote in find_quotes(text):
        assert text[quote.start : quote.end] == quote.text != ""
        for span in (quote.speaker, quote.source, quote.cue, quote.antecedent):
            assert span is None or text[span.start : span.end] == span.text != ""


@given(st.text())
def test_passages_are_in_order_and_apart(text):
    last = 0
    for start, end in passages(text):
        assert last <= start < end <= len(text)
        last = end


def test_sentence_that_says_more_than_the_words_it_quotes_is_found_after_its_quote():
    quote, whole = find_quotes(
        "Ilva Moren said that the port would “certainly not” open before the channel was swept and the mines were gone."
    )
    assert (quote.kind, quote.text) == ("mixed", "certainly not")
    assert whole.kind == "indirect"
    assert whole.start < quote.start < quote.end < whole.end
