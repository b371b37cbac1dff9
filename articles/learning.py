"""Which words of a story speak for a tag: learned from stories that carry it, judged on others.

Pure, and the standard library alone. A tag's model is a logistic regression over the presence of at most `TERMS` words,
so that a person can read what speaks for it. It is fitted on all stories with the tag and a sample of those without;
how often it is right is measured by crossing parts, with the sample counted for what it stands for.
"""

import math
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]{3,}")
TERMS = 300  # words that a tag's model holds
LEAST_SEEN = 3  # stories with the tag that a word has to stand in
SAMPLE = 1500  # stories without the tag that are looked at
PARTS, ROUNDS, RATE, PRIOR = 3, 8, 0.25, 0.0005
LEAST_PRECISION = 0.8
HEADLINE = "headline: "


@dataclass(frozen=True)
class Learned:
    """What is known of one tag: proposed where the sum of the weights of a story's words is `least` or more."""

    weights: dict[str, float]
    bias: float
    least: float
    precision: float
    recall: float
    stories: int

    def score(self, terms: Iterable[str]) -> float:
        """The sum for a story's terms."""
        return self.bias + sum(self.weights.get(term, 0.0) for term in terms)

    def speaking(self, terms: Iterable[str], most: int = 3) -> list[str]:
        """The words that speak most for it, the heaviest first."""
        found = sorted(((self.weights.get(term, 0.0), term) for term in terms), reverse=True)
        words = dict.fromkeys(term.removeprefix(HEADLINE) for weight, term in found if weight > 0)
        return list(words)[:most]


def terms_of(headline: str, text: str) -> frozenset[str]:
    """The words of a story, each once; those of the headline a second time as such."""
    words = {word.casefold() for word in WORD.findall(text)}
    top = {word.casefold() for word in WORD.findall(headline)}
    return frozenset(words | top | {HEADLINE + word for word in top})


def learn(having: Sequence[frozenset[str]], lacking: Sequence[frozenset[str]]) -> Learned | None:
    """A model of the stories that have the tag against those that lack it; None where too few would be right."""
    chance = random.Random(len(having) * 7919 + len(lacking))  # noqa: S311 - the same stories teach the same
    sample = list(lacking) if len(lacking) <= SAMPLE else chance.sample(list(lacking), SAMPLE)
    weight = len(lacking) / len(sample) if sample else 1.0
    judged: list[tuple[float, bool]] = []
    for part in range(PARTS):
        model = _fit(
            [each for i, each in enumerate(having) if i % PARTS != part],
            [each for i, each in enumerate(sample) if i % PARTS != part],
            chance,
        )
        judged += [(_score(model, each), True) for i, each in enumerate(having) if i % PARTS == part]
        judged += [(_score(model, each), False) for i, each in enumerate(sample) if i % PARTS == part]
    best = _threshold(judged, weight, len(having))
    if best is None:
        return None
    least, precision, recall = best
    weights, bias = _fit(list(having), sample, chance)
    kept = {term: round(value, 3) for term, value in weights.items() if abs(value) >= 0.01}
    return Learned(kept, round(bias, 3), round(least, 3), round(precision, 3), round(recall, 3), len(having))


def _fit(
    having: list[frozenset[str]], lacking: list[frozenset[str]], chance: random.Random
) -> tuple[dict[str, float], float]:
    chosen = _choose(having, lacking)
    rows = [(list(terms & chosen), 1.0) for terms in having] + [(list(terms & chosen), 0.0) for terms in lacking]
    weights, bias = dict.fromkeys(chosen, 0.0), 0.0
    for number in range(ROUNDS):
        chance.shuffle(rows)
        rate = RATE / (1 + number)
        for terms, right in rows:
            sum_ = bias + sum(weights[term] for term in terms)
            error = right - 1 / (1 + math.exp(-max(min(sum_, 30.0), -30.0)))
            bias += rate * error
            for term in terms:
                weights[term] += rate * (error - PRIOR * weights[term])
    return weights, bias


def _choose(having: list[frozenset[str]], lacking: list[frozenset[str]]) -> frozenset[str]:
    """The words that tell most: log-likelihood of how differently often they stand in both."""
    with_, without = Counter(), Counter()
    for terms in having:
        with_.update(terms)
    for terms in lacking:
        without.update(terms)
    total, has, lacks = len(having) + len(lacking), len(having), max(len(lacking), 1)
    ranked = []
    for term, seen in with_.items():
        if seen < LEAST_SEEN:
            continue
        share = (seen + without[term]) / total
        told = seen * math.log(seen / (has * share))
        if without[term]:
            told += without[term] * math.log(without[term] / (lacks * share))
        ranked.append((told, term))
    return frozenset(term for _told, term in sorted(ranked, reverse=True)[:TERMS])


def _score(model: tuple[dict[str, float], float], terms: frozenset[str]) -> float:
    weights, bias = model
    return bias + sum(weights.get(term, 0.0) for term in terms)


def _threshold(judged: list[tuple[float, bool]], weight: float, has: int) -> tuple[float, float, float] | None:
    """(least score, precision, recall) with the best F of those that are precise enough."""
    best, right, wrong = None, 0, 0.0
    for score, is_right in sorted(judged, reverse=True):
        right, wrong = right + is_right, wrong + (0 if is_right else weight)
        precision, recall = right / (right + wrong), right / has
        f = 2 * precision * recall / (precision + recall) if right else 0.0
        if precision >= LEAST_PRECISION and (best is None or f > best[0]):
            best = (f, score, precision, recall)
    return best and best[1:]
