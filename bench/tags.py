"""`python -m bench.tags [--stories N]`: topics proposed by their names alone, and by what was learned.

The stories are made up, like a wire's: words by Zipf's law, one to three topics a story of which some are rare, topics
that share a third of their words with another, a topic's name in half of its own stories and in one in twenty-five of
the rest, one label in twenty wrong or missing. No set of tagged stories may be fetched or shipped; figures on real ones
need the newsroom's own archive (`manage.py learn_tags` prints them).
"""

import argparse
import random
import sys
import time
from itertools import accumulate

from articles import learning
from bench.goals import AT_LEAST, AT_MOST, Goal
from bench.report import show

VOCABULARY, TOPICS, OWN, SHARED = 20_000, 20, 90, 45
WORDS, TOPICAL = (120, 420), (0.03, 0.09)  # a story's length; the share of its words that are of its topics
NAMED, STRAY, NOISE = 0.5, 0.04, 0.05


class Archive:
    """Stories with the topics they are about and the labels they got."""

    def __init__(self, number: int, seed: int = 11) -> None:
        self.chance = random.Random(seed)
        words = [self._word() for _each in range(VOCABULARY)]
        self.common = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.words = words
        pool = self.chance.sample(words[200:], TOPICS * OWN)
        own = [pool[i * OWN : (i + 1) * OWN] for i in range(TOPICS)]
        self.topics = [[*own[i], *own[(i + 1) % TOPICS][:SHARED]] for i in range(TOPICS)]
        self.sizes = [1 / (1 + i * 0.35) for i in range(TOPICS)]
        self.stories = [self._story() for _each in range(number)]

    def _word(self) -> str:
        return "".join(self.chance.choice("bdfgklmnprstv") + self.chance.choice("aeiou") for _each in range(3))

    def _story(self) -> tuple[frozenset[str], set[int], set[int]]:
        chance = self.chance
        about = set(chance.choices(range(TOPICS), self.sizes, k=chance.choice((1, 1, 1, 2, 2, 3))))
        length, share = chance.randint(*WORDS), chance.uniform(*TOPICAL)
        text = chance.choices(self.words, cum_weights=self.common, k=length)
        for topic in about:
            text += chance.choices(self.topics[topic], k=max(2, int(length * share)))
        named = {topic for topic in range(TOPICS) if chance.random() < (NAMED if topic in about else STRAY)}
        labels = {topic for topic in about if chance.random() >= NOISE}
        if chance.random() < NOISE:
            labels.add(chance.randrange(TOPICS))
        return learning.terms_of("", " ".join(text)), labels, named


def figures(pairs: list[tuple[set[int], set[int]]]) -> tuple[float, float]:
    """Precision and recall of (proposed, labelled)."""
    hits = sum(len(proposed & labels) for proposed, labels in pairs)
    proposed, labelled = (sum(len(pair[i]) for pair in pairs) for i in (0, 1))
    return hits / max(proposed, 1), hits / max(labelled, 1)


def main(arguments: list[str]) -> None:
    """Learn from four fifths, measure on the rest."""
    parser = argparse.ArgumentParser(prog="bench.tags")
    parser.add_argument("--stories", type=int, default=5_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    archive = Archive(options.stories)
    split = len(archive.stories) * 4 // 5
    train, test = archive.stories[:split], archive.stories[split:]
    start = time.process_time()
    models = {}
    for topic in range(TOPICS):
        having = [terms for terms, labels, _named in train if topic in labels]
        if len(having) >= 30:
            models[topic] = learning.learn(having, [terms for terms, labels, _named in train if topic not in labels])
    learned = time.process_time() - start
    kept = {topic: model for topic, model in models.items() if model}
    start = time.process_time()
    proposed = [{topic for topic, model in kept.items() if model.score(terms) >= model.least} for terms, *_ in test]
    each = (time.process_time() - start) / len(test)
    names = [(named, labels) for _terms, labels, named in test]
    learned_from = f"{len(train):,} made-up stories learned from, {len(test):,} apart"
    by_name = figures(names)
    precision, recall = figures(list(zip(proposed, (labels for _t, labels, _n in test), strict=True)))
    rows = [
        Goal("topics that were learned, precision", precision, "", AT_LEAST, 0.8, baseline=f"by name {by_name[0]:.2f}"),
        Goal("topics that were learned, recall", recall, "", AT_LEAST, 0.7, baseline=f"by name {by_name[1]:.2f}"),
        Goal(f"{len(kept)} of {len(models)} topics", learned, "s of CPU", AT_MOST, 60, baseline=learned_from),
        Goal("proposing them", each * 1000, "ms a story", AT_MOST, 5),
    ]
    show([row.as_row() for row in rows], as_json=options.json)


if __name__ == "__main__":
    main(sys.argv[1:])
