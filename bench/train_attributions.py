"""Learns `articles/data/attributions.json`: which verbs attribute words without quotation marks.

    /somewhere/bin/python -m bench.train_attributions STORIES.jsonl

As `bench.train_speakers`, whose parts are kept aside and crossed the same way; it is made after that. A verb is taken
up where it is the cue of an attribution in several stories and often enough where it has a subject. Logistic
regression (L2) over features of the verb, its subject and what follows; the least score is the one with the best F.
"""

import json
import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from articles import quoting
from articles.quoting import learned, paraphrase, words
from articles.quoting.reading import Reading

from .train_speakers import part
from .train_speakers import words as words_at

L2, LEAST, STORIES, OFTEN, ALIKE = 4.0, 5, 5, 0.15, 0.3
LOWER = 0.2  # the best least score on the stories learned from is that much too high for others (crossed five times)
LETTERS = re.compile(r"[A-Za-z]+")
Row = tuple[tuple[str, ...], bool]


def verbs_of(stories: list[dict[str, Any]]) -> list[str]:
    """Words that are the cue of an attribution in STORIES stories or more, and OFTEN where they stand."""
    cues, stands = Counter(), Counter()
    for story in stories:
        text = story["text"]
        stands.update(word.lower() for word in LETTERS.findall(text))
        for each in story["attributions"]:
            cue = [word.lower() for start, end in each["cue"] for word in LETTERS.findall(text[start:end])]
            verb = next(
                (word for word in reversed(cue) if word not in words.ENDS | words.AUXILIARIES | words.LINKS), None
            )
            if verb:
                cues[verb] += 1
    known = {
        verb for verb, count in cues.items() if count >= STORIES and count >= OFTEN * stands[verb] and len(verb) > 2
    }
    return sorted(known | words.SAYING | words.DENYING | words.THINKING | words.SHOWING | words.TAKING)


def rows_of(stories: list[dict[str, Any]], cues: frozenset[str]) -> tuple[list[list[Row]], int, int, int]:
    """Candidates with whether they are right, a list a story; what quotes found, how many, how many there are."""
    found, hits, proposed, total = [], 0, 0, 0
    for story in stories:
        text = story["text"]
        gold = [words_at(text, each["content"]) for each in story["attributions"] if each["content"]]
        total += len(gold)
        reading = Reading(text)
        quoted = [quote for quote in quoting.find_quotes(text) if quote.kind != "indirect"]
        mine = [words_at(text, [(quote.start, quote.end)]) for quote in quoted]
        proposed += len(mine)
        left = list(gold)
        for span in mine:
            match = max(left, key=lambda each: _alike(each, span), default=None)
            if match is not None and _alike(match, span) >= ALIKE:
                left.remove(match)
                hits += 1
        open_ones = [
            (words_at(text, [(each.start, each.end)]), each.features or ("according to",))
            for each in paraphrase.beside(paraphrase.candidates(reading, cues), quoted)
        ]
        found.append(_matched(open_ones, left))
    return found, hits, proposed, total


def _matched(candidates: list[tuple[set[int], tuple[str, ...]]], gold: list[set[int]]) -> list[Row]:
    """Each attribution makes one candidate right: the one most like it."""
    pairs = [
        (_alike(one, other), at, i) for at, (one, _features) in enumerate(candidates) for i, other in enumerate(gold)
    ]
    right, taken = set(), set()
    for likeness, at, i in sorted(pairs, reverse=True):
        if likeness < ALIKE:
            break
        if at not in right and i not in taken:
            right.add(at)
            taken.add(i)
    return [(features, at in right) for at, (_span, features) in enumerate(candidates)]


def _alike(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def fit(stories: list[list[Row]]) -> dict[str, float]:
    """Logistic regression."""
    rows = [row for story in stories for row in story]
    counts = Counter(name for features, _right in rows for name in features)
    known = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= LEAST))}
    columns, starts = [], [0]
    for features, _right in rows:
        columns += sorted({known[name] for name in features if name in known})
        starts.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(known)))
    right = np.array([float(is_right) for _features, is_right in rows])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        chance = 1 / (1 + np.exp(-scores))
        value = -(right * np.log(chance + 1e-12) + (1 - right) * np.log(1 - chance + 1e-12)).sum()
        return value + L2 / 2 * weights @ weights, matrix.T @ (chance - right) + L2 * weights

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(found[i]), 3) for name, i in known.items() if abs(found[i]) >= 0.02}


def scored(stories: list[list[Row]], weights: dict[str, float]) -> list[tuple[float, bool]]:
    """Score and truth of every candidate, the surest first."""
    rows = [row for story in stories for row in story]
    return sorted(((sum(weights.get(name, 0.0) for name in features), right) for features, right in rows), reverse=True)


def best(found: list[tuple[float, bool]], hits: int, proposed: int, total: int) -> tuple[float, float, float, float]:
    """(F, P, R, least score) at the best F of quotes and paraphrases together."""
    top = (0.0, 0.0, 0.0, 0.0)
    for number, (value, right) in enumerate(found, start=1):
        hits += right
        p, r = hits / (proposed + number), hits / total
        top = max(top, (2 * p * r / max(p + r, 1e-9), p, r, value))
    return top


def main(path: str) -> None:
    """Measure, then write the file from everything."""
    stories = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    rest = [story for story in stories if part(story, "", 5) != 0]
    aside = [story for story in stories if part(story, "", 5) == 0]
    verbs = verbs_of(rest)
    pattern = frozenset(verbs)
    rows, *counts = rows_of(rest, pattern)
    weights = fit(rows)
    *figures, least = best(scored(rows, weights), *counts)
    least -= LOWER
    sys.stdout.write(f"learned from   F {figures[0]:.3f}  P {figures[1]:.3f}  R {figures[2]:.3f}  least {least:.2f}\n")
    others, *counts = rows_of(aside, pattern)
    found = scored(others, weights)
    kept = [right for value, right in found if value >= least]
    hits, (base, proposed, total) = sum(kept), counts
    p, r = (base + hits) / (proposed + len(kept)), (base + hits) / total
    sys.stdout.write(f"kept aside     F {2 * p * r / (p + r):.3f}  P {p:.3f}  R {r:.3f}\n")
    edges = [least, *(edge for edge in (0.0, 0.7, 1.4, 2.2, 3.2) if edge > least)]
    table = []
    for low, high in pairwise([*edges, 99.0]):
        inside = [right for value, right in found if low <= value < high]
        table.append([round(low, 3), round(sum(inside) / max(len(inside), 1), 2)])
    verbs = verbs_of(stories)
    rows, *_counts = rows_of(stories, frozenset(verbs))
    document = {"least": round(least, 3), "precision": table, "verbs": verbs, "weights": fit(rows)}
    learned.FILE.write_text(json.dumps(document, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(verbs)} verbs, {len(document['weights'])} weights; precision by score: {table}\n")


if __name__ == "__main__":
    main(sys.argv[1])
