"""Who said what in stories that each hold one kind of error. All names and places are invented."""

import tomllib
from pathlib import Path

import pytest

from articles.quoting import find_quotes

STORIES = tomllib.loads((Path(__file__).parent / "data" / "quoting" / "stories.toml").read_text())["story"]
MISSED = {"participle before", "subject of the next sentence", "scare quotes"}
"""Kinds whose speaker is not found: they are counted, not hidden."""


def speakers(story):
    """[words, who said them as proposed, who did] of each passage."""
    found = [quote for quote in find_quotes(story["text"].strip()) if quote.kind != "indirect"]
    for words, speaker in story["quotes"]:
        quote = next((quote for quote in found if quote.text.startswith(words)), None)
        if quote is not None:
            found.remove(quote)
        yield words, quote.speaker.text if quote and quote.speaker else "", speaker


def is_right(story):
    """Whether each speaker shares a word with the right one."""
    return all(
        set(said.lower().split()) & set(speaker.lower().split()) if speaker else not said
        for _words, said, speaker in speakers(story)
    )


@pytest.mark.parametrize("story", STORIES, ids=[story["kind"] for story in STORIES])
def test_who_said_it_is_found(story):
    assert is_right(story) == (story["kind"] not in MISSED), list(speakers(story))


def test_there_are_forty_stories_and_few_are_missed():
    assert len(STORIES) >= 40
    assert len(MISSED) <= 6


def test_ten_thousand_words_are_read():
    text = "\n\n".join(story["text"].strip() for story in STORIES)
    text = "\n\n".join([text] * (10_000 // len(text.split()) + 1))
    assert len(text.split()) >= 10_000
    assert len(find_quotes(text)) > 500
