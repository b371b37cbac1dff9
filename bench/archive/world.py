"""The stories of an invented country, to measure on. Pure; a number is the same story on every machine."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from typing import Any

LAST_DAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
AN_HOUR = 10  # stories
SECTIONS = ("World", "Politics", "Business", "Courts", "Science", "Culture", "Sport", "Region")
DATELINES = ("PORT SELM", "ADARRA", "VELMOND", "KAST", "UPPER TARN", "HOLLIN", "")
GENRES = ("news",) * 16 + ("analysis", "feature", "interview", "opinion")
HOW = ("interview", "phone", "statement", "press_conference", "speech", "court")
WORDS = (
    "the of and to in a that was for on with it as is by at from be had were which his her not are this an or they but"
    " have been has who said its their one all would there we more when if out so up into no can what about than him"
    " could time only some new these two may then do first any my now such like our over man me even most made after"
    " also did many before must through back years where much your way well down should because each just those people"
    " mister how too little state good very make world still own see men work long get here between both life being"
    " under never day same another know while last might us great old year off come since against go came right used"
)
COMMON = WORDS.split()
SYLLABLES = (
    *("ba", "bel", "cor", "dan", "del", "dor", "el", "far", "fen", "gal", "gor", "hal", "har", "is", "jor", "kal"),
    *("ker", "lan", "lis", "lor", "mar", "men", "mir", "mon", "nar", "nel", "nor", "or", "pal", "per", "pol", "ran"),
    *("ren", "ros", "sal", "sen", "sil", "sor", "tal", "tan", "ter", "tol", "ul", "val", "ven", "ver", "vin", "zar"),
)
ENDINGS = ("", "s", "ed", "ing", "er", "ly", "tion", "al", "ment", "ness")


class World:
    """The people, places and words of an invented country. `actors` of them, as many `topics`."""

    def __init__(self, *, words: int = 40_000, actors: int = 5_000, topics: int = 300) -> None:
        chance = random.Random(11)
        made = dict.fromkeys(COMMON)
        while len(made) < words:
            made["".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) + chance.choice(ENDINGS)] = None
        self.words = list(made)
        self.weights = _zipf(len(self.words))
        names = dict.fromkeys(
            f"{''.join(chance.choices(SYLLABLES, k=2)).title()} {''.join(chance.choices(SYLLABLES, k=2)).title()}"
            for _ in range(actors * 2)
        )
        kinds = ("person",) * 6 + ("organisation", "body", "state", "place")
        self.actors = [{"name": name, "kind": kinds[n % len(kinds)]} for n, name in enumerate(islice(names, actors))]
        self.actor_weights = _zipf(len(self.actors))
        above = [f"{word.title()} affairs" for word in self.words[400:420]]
        self.topics = [
            {"name": f"{word.title()} {n}", "under": above[n % len(above)]}
            for n, word in enumerate(self.words[500 : 500 + topics])
        ]
        self.topic_weights = _zipf(len(self.topics))
        self.signers = [f"{''.join(chance.choices(SYLLABLES, k=2)).title()} Reporter" for _ in range(80)]

    def record(self, number: int, size: int) -> dict[str, Any]:
        """Story `number` of `size`, as a line of an archive has it."""
        chance = random.Random(number)
        at = LAST_DAY - timedelta(minutes=(size - number) * 60 // AN_HOUR)
        actors = _unlike(chance, self.actors, self.actor_weights, 4)
        words = iter(chance.choices(self.words, cum_weights=self.weights, k=1400))
        quotes, paragraphs = [], []
        for n in range(16):
            if n in (2, 5, 9):
                said = _sentence(words, 18).rstrip(".")
                speaker = actors[len(quotes)]
                quotes.append(
                    {
                        "text": f"{said},",
                        "speaker": speaker,
                        "role": "spokesperson" if n == 5 else "",
                        "how": chance.choice(HOW),
                        "said_on": at.date().isoformat(),
                    }
                )
                paragraphs.append(f"“{said},” {speaker['name']} said. {_sentence(words, 30)}")
            else:
                paragraphs.append(" ".join(_sentence(words, chance.randint(14, 26)) for _ in range(3)))
        record = {
            "key": f"bench-{number}",
            "published_at": at.isoformat(),
            "headline": _sentence(words, chance.randint(6, 11)).rstrip("."),
            "standfirst": _sentence(words, 22),
            "body": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            "dateline": chance.choice(DATELINES),
            "genre": chance.choice(GENRES),
            "section": chance.choice(SECTIONS),
            "bylines": _unlike(chance, self.signers, None, 1 if number % 5 else 2),
            "actors": actors,
            "topics": _unlike(chance, self.topics, self.topic_weights, 2),
            "quotes": quotes,
        }
        if number % 2:
            file = f"images/bench-{number % 400}.jpg"
            record["picture"] = {"file": file, "alt": "A gate.", "credit": "Drawing", "width": 2400, "height": 1600}
        if number % 50 == 0:
            note = {"kind": "correction", "at": (at + timedelta(hours=5)).isoformat()}
            record["notes"] = [{**note, "wrong": _sentence(words, 9), "right": _sentence(words, 9)}]
        return record


def _zipf(length: int) -> list[float]:
    """Cumulative weights: the second word half as often as the first (with Mandelbrot's shift)."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(length)))


def _sentence(words: Iterator[str], length: int) -> str:
    told = " ".join(islice(words, length))
    return f"{told[:1].upper()}{told[1:]}."


def _unlike(chance: random.Random, rows: list[Any], weights: list[float] | None, count: int) -> list[Any]:
    """`count` different ones of `rows`."""
    found: dict[int, Any] = {}
    while len(found) < count:
        place = chance.choices(range(len(rows)), cum_weights=weights)[0]
        found[place] = rows[place]
    return list(found.values())
