"""Learns `articles/data/speakers.json` from annotated stories; prints what the choice is worth on stories kept aside.

    python -m venv /somewhere && /somewhere/bin/pip install numpy scipy
    /somewhere/bin/python -m bench.train_speakers STORIES.jsonl

A line of STORIES is {"id", "text", "attributions": [{"source", "content"}]}, each a list of [start, end) offsets: the
words that were said, and who is named as having said them (empty where nobody is). The stories stay where they are:
nothing of them but the weights goes into the file. Stories whose id hashes to 0 modulo 5 are kept aside; the file is
then made from all. The model is a softmax over the candidates of a passage (log-linear, L2), fitted by L-BFGS; it is
fitted twice, the second time with the history that the first would have chosen.
"""

import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from articles.quoting import ranking
from articles.quoting.candidates import candidates
from articles.quoting.marks import MIN_WORDS, WORD
from articles.quoting.reading import Reading
from articles.quoting.speakers import Answer, Place, places, who_said

L2, LEAST, SMALL = 3.0, 4, 0.02  # strength of the prior; passages a feature must stand at; weights that are left out
BINS = (0.0, 0.3, 0.45, 0.6, 0.72, 0.85, 0.97)
Weights = dict[str, float]


class Case(NamedTuple):
    """One passage: the features of each choice, which of them are right, whether it is speech."""

    rows: list[list[str]]
    right: list[bool]
    is_speech: bool


Chooser = Callable[[Place, list, list], int | None]


def by_rules(place: Place, found: list, rows: list) -> int | None:
    """The first rule that answers."""
    _rule, answer = who_said(place)
    if answer is None:
        return None
    (start, end), spans = answer.speaker, [each.speaker for each in found]
    return next((i for i, (left, right) in enumerate(spans) if left < end and start < right), None)


def by_weights(weights: Weights) -> Chooser:
    """The highest sum."""

    def choose(place: Place, found: list, rows: list) -> int:
        scores = score(rows, weights)
        return scores.index(max(scores))

    return choose


def score(rows: list[list[str]], weights: Weights) -> list[float]:
    """The sum of each row."""
    return [sum(weights.get(name, 0.0) for name in row) for row in rows]


def words(text: str, spans: list) -> set[int]:
    """Where the words of some spans start."""
    return {start + match.start() for start, end in spans for match in WORD.finditer(text[start:end])}


def cases(stories: list[dict[str, Any]], choose: Chooser) -> Iterator[Case]:
    """Every passage of three words and more, with the history that `choose` would have made."""
    for story in stories:
        text = story["text"]
        reading = Reading(text)
        earlier: list = []
        for paragraph in reading.paragraphs:
            for place in places(reading, paragraph, earlier):
                passage, found = place.passage, candidates(place)
                rows = ranking.describe(place, found)
                at = choose(place, found, rows)
                chosen = found[at] if at is not None and at < len(found) else None
                earlier.append((paragraph, passage, Answer(chosen.speaker, chosen.cue) if chosen else None))
                if len(re.findall(WORD, text[passage.start : passage.end])) >= MIN_WORDS:
                    yield _case(story, passage, found, rows)


def _case(story: dict[str, Any], passage: Any, found: list, rows: list) -> Case:
    text, size = story["text"], passage.end - passage.start
    said = []
    for each in story["attributions"]:
        shared = sum(max(0, min(passage.end, end) - max(passage.start, start)) for start, end in each["content"])
        if shared / size >= 0.5:
            said.append(each["source"])
    right = [any(words(text, [each.speaker]) & words(text, source) for source in said) for each in found]
    return Case(rows, [*right, any(not source for source in said), not said], bool(said))


def fit(data: list[Case]) -> Weights:
    """The weights that make the right choices likeliest."""
    counts = Counter(name for case in data for row in case.rows for name in set(row))
    known = {name: i for i, name in enumerate(sorted(name for name, n in counts.items() if n >= LEAST))}
    columns, rows, groups, right = [], [0], [0], []
    for case in data:
        if not any(case.right):
            continue
        for row, is_right in zip(case.rows, case.right, strict=True):
            columns += sorted({known[name] for name in row if name in known})
            rows.append(len(columns))
            right.append(float(is_right))
        groups.append(len(right))
    matrix = csr_matrix((np.ones(len(columns)), columns, rows), shape=(len(right), len(known)))
    good, starts = np.array(right), np.array(groups[:-1])
    group = np.repeat(np.arange(len(starts)), np.diff(groups))

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, hits = np.add.reduceat(powers, starts), np.add.reduceat(powers * good, starts) + 1e-12
        value = (np.log(total) - np.log(hits)).sum() + L2 / 2 * weights @ weights
        return value, matrix.T @ (powers / total[group] - powers * good / hits[group]) + L2 * weights

    found = minimize(loss, np.zeros(len(known)), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return {name: round(float(found[i]), 3) for name, i in known.items() if abs(found[i]) >= SMALL}


def learn(stories: list[dict[str, Any]]) -> Weights:
    """Fitted on the history of the rules, then on its own."""
    weights = fit(list(cases(stories, by_rules)))
    return fit(list(cases(stories, by_weights(weights))))


def shares(stories: list[dict[str, Any]], weights: Weights) -> tuple[list[tuple[float, bool]], int]:
    """(share of the scores, whether right) of each passage that is proposed; how many are speech."""
    found, speech = [], 0
    for case in cases(stories, by_weights(weights)):
        scores = np.array(score(case.rows, weights))
        powers = np.exp(scores - scores.max())
        at = int(scores.argmax())
        speech += case.is_speech
        if at != len(case.rows) - 1:
            found.append((float(1 / powers.sum()), case.right[at]))
    return found, speech


def precision(found: list[tuple[float, bool]]) -> list[list[float]]:
    """[least share, precision] of each bin, never falling."""
    table, last = [], 0.0
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        hits = [right for share, right in found if low <= share < high]
        last = max(last, sum(hits) / len(hits) if hits else last)
        table.append([low, round(last, 3)])
    return table


def part(story: dict[str, Any], salt: str, parts: int) -> int:
    """The same part on every machine."""
    return int(hashlib.sha256((story["id"] + salt).encode()).hexdigest(), 16) % parts


def report(name: str, found: list[tuple[float, bool]], speech: int, table: list[list[float]]) -> None:
    """Precision and recall, of all and of those that count as confident."""
    sure = min((least for least, value in table if value >= 0.9), default=2.0)
    for which, chosen in (("all", found), ("confident", [each for each in found if each[0] >= sure])):
        hits = sum(right for _share, right in chosen)
        p, r = hits / max(len(chosen), 1), hits / max(speech, 1)
        sys.stdout.write(f"{name:22} {which:10} P {p:.3f}  R {r:.3f}  F {2 * p * r / (p + r):.3f}\n")


def main(path: str) -> None:
    """Measure, then write the file from everything."""
    stories = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    aside = [story for story in stories if part(story, "", 5) == 0]
    rest = [story for story in stories if part(story, "", 5) != 0]
    crossed: list[tuple[float, bool]] = []
    speech = 0
    for fold in range(4):
        weights = learn([story for story in rest if part(story, "x", 4) != fold])
        found, count = shares([story for story in rest if part(story, "x", 4) == fold], weights)
        crossed += found
        speech += count
    table = precision(crossed)
    report("four parts, crossed", crossed, speech, table)
    report("kept aside", *shares(aside, learn(rest)), table)
    document = {"precision": table, "weights": learn(stories)}
    ranking.WEIGHTS.write_text(json.dumps(document, indent=0, sort_keys=True, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{len(document['weights'])} weights in {ranking.WEIGHTS.name}; precision by share: {table}\n")


if __name__ == "__main__":
    main(sys.argv[1])
