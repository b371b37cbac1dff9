"""`python -m bench.proposals [--stories N] [--names N] [--rounds N] [--json]`: what a story's proposals cost.

The stories are made up, like a wire's: 17 paragraphs, some 850 words, eleven quotes, names of the vocabulary and of
nobody. They are read with the built-in vocabulary alone, then with `--names` people and bodies besides, whose first
words are shared as first names are. The baseline is what no reading goes without: the same text cut into its words.
Figures are of this process's CPU, on one core; `manage.py propose` puts every core to work.
"""

import argparse
import random
import re
import statistics
import sys
import time
from collections.abc import Callable
from itertools import accumulate

from articles.gazetteer import Entry, Gazetteer, candidates, world
from articles.quoting import find_quotes
from articles.text import PlainCopy, read
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show

WORD = re.compile(r"\w+")
PARAGRAPHS, SENTENCES = 17, 3
GIVEN, FAMILIES = 400, 9_000  # first names are shared by many
BODIES = ("Council", "Army", "Ministry", "Union", "Bank", "Agency")
TITLES = ("", "", "", "President ", "Gen. ", "Minister ")
VERBS = ("said", "said", "said", "told reporters", "warned", "added", "argued")
SMALL = (
    *("the", "of", "and", "to", "in", "a", "that", "for", "on", "with"),
    *("was", "as", "by", "at", "from", "it", "is", "were", "be", "this"),
    *("has", "have", "had", "not", "but", "are", "they", "which", "would", "will"),
    *("more", "than", "been", "their", "after", "over", "about", "into", "before", "against"),
    *("because", "when", "while", "could", "should", "under", "between"),
)
NOUNS = (
    *("port", "harbour", "talks", "ministers", "vote", "court", "bread", "price", "strike", "camp"),
    *("ferry", "border", "league", "survey", "report", "rate", "power", "party", "rebels", "water"),
    *("road", "school", "hospital", "evidence", "officials", "figures", "city", "week", "year", "month"),
    *("people", "leaders", "plan", "deal", "money", "troops", "election"),
)
DOING = (
    *("left", "opened", "closed", "held", "agreed", "denied", "showed", "found", "rose", "fell"),
    *("met", "promised", "rejected", "wants", "expects", "believes", "called", "ended"),
)

PER_CORE = 100
"""Stories a second and core: two cores make the 200 that are asked for."""


class Wire:
    """Makes stories of the names it knows."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.given = [self._name(2) for _each in range(GIVEN)]
        self.families = [self._name(3) for _each in range(FAMILIES)]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(GIVEN)))

    def _name(self, syllables: int) -> str:
        chance = self.chance
        return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _each in range(syllables)).title()

    def person(self) -> str:
        """Two words; the first is often the same."""
        (given,) = self.chance.choices(self.given, cum_weights=self.weights)
        return f"{given} {self.chance.choice(self.families)}"

    def entries(self, number: int) -> list[Entry]:
        """So many actors, one in five a body, no two of one name."""
        names: set[str] = set()
        while len(names) < number:
            is_body = len(names) % 5 == 0
            names.add(
                f"{self.chance.choice(self.families)} {self._name(2)} {self.chance.choice(BODIES)}"
                if is_body
                else self.person()
            )
        return [
            Entry(name, "organisation" if name.count(" ") > 1 else "person", name.lower().replace(" ", "-"))
            for name in sorted(names)
        ]

    def story(self, known: list[str]) -> PlainCopy:
        """One story that names some of `known`, and people nobody knows."""
        cast = [*self.chance.sample(known, 6), *(self.person() for _each in range(6))]
        paragraphs = [self._paragraph(cast, has_quote=number % 3 != 0) for number in range(PARAGRAPHS)]
        headline = f"{cast[0].split()[-1]} {self._clause(6)}"
        return read("\n\n".join([headline, *paragraphs]).encode(), "story.txt")

    def _paragraph(self, cast: list[str], *, has_quote: bool) -> str:
        chance = self.chance
        sentences = [
            f"{chance.choice(TITLES)}{chance.choice(cast)} {self._clause(chance.randint(9, 19))}."
            for _each in range(SENTENCES - has_quote)
        ]
        if has_quote:
            who = chance.choice((chance.choice(cast), "he", "she", "the official"))
            sentences.insert(
                chance.randint(0, 1),
                f"“{self._clause(chance.randint(8, 20)).capitalize()},” {who} {chance.choice(VERBS)}.",
            )
        return " ".join(sentences)

    def _clause(self, words: int) -> str:
        chance = self.chance
        inner = (chance.choice(NOUNS if chance.random() < 0.4 else SMALL) for _each in range(words - 1))
        return f"{chance.choice(DOING)} {' '.join(inner)}"


def propose(copy: PlainCopy, vocabulary: Gazetteer) -> None:
    """As `proposals.compose`, without a database."""
    paragraphs = [(paragraph.start, paragraph.end) for paragraph in copy.paragraphs]
    places = {
        "headline_end": copy.headline_end,
        "opening_end": paragraphs[1][1],
        "spans": [(copy.headline_start, copy.headline_end), *paragraphs],
    }
    known = vocabulary.find(copy.text, **places)
    candidates(copy.text, known, **places)
    find_quotes(copy.text, paragraphs)


def seconds(job: Callable[[PlainCopy], object], stories: list[PlainCopy]) -> float:
    """Of CPU, for a story."""
    start = time.process_time()
    for copy in stories:
        job(copy)
    return (time.process_time() - start) / len(stories)


def main(arguments: list[str]) -> None:
    """Interleaved rounds; prints the medians."""
    parser = argparse.ArgumentParser(prog="bench.proposals")
    parser.add_argument("--stories", type=int, default=200)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)

    wire = Wire()
    entries = wire.entries(options.names)
    stories = [wire.story([entry.name for entry in entries[:5_000]]) for _each in range(options.stories)]
    built_in, full = Gazetteer(world()), Gazetteer([*entries, *world()])
    jobs = {
        "built-in vocabulary": lambda copy: propose(copy, built_in),
        f"{options.names} names more": lambda copy: propose(copy, full),
    }
    rounds = [
        (seconds(lambda copy: WORD.findall(copy.text), stories), *(seconds(job, stories) for job in jobs.values()))
        for _each in range(options.rounds)
    ]
    cut, *took = (statistics.median(column) for column in zip(*rounds, strict=True))
    rows = []
    for name, each in zip(jobs, took, strict=True):
        against = f"{each / cut:.0f} times cutting into words"
        rows.append(Goal(f"proposals, {name}", 1 / each, "stories/cpu-s", AT_LEAST, PER_CORE, baseline=against))
    rows.append(
        Goal(
            f"proposals, {options.names:,} names more",
            1 / took[1],
            "stories/cpu-s",
            AT_MOST,
            1.1,
            took[1] / took[0],
            "built-in vocabulary",
        )
    )
    show([row.as_row() for row in rows], as_json=options.json)


if __name__ == "__main__":
    main(sys.argv[1:])
