"""What is asked of an archive, what its words are there for, and the goals. Pure.

"common", "ground" and "here" stand in every story in this order, "middling" in one of fifty, "rare" in the three
oldest, some word that begins with "inter" in every one; the others are words of the Zipf vocabulary of `bench.archive`.
"""

GOALS = {"newest": 10, "best": 250, "suggested": 10, "feed": 10}  # milliseconds, at a million stories
KEPT = 400  # stories a second that the press keeps in the index

NEWEST = {
    "common word": "common",
    "middling word": "middling",
    "rare word": "rare",
    "two common words": "common ground",
    "rare and common word": "common rare",
    "phrase of common words": '"common ground here"',
    "beginning, three letters": "mid*",
    "beginning, six letters": "middli*",
    "beginning of many words": "inter*",
    "a year": "common year:2025",
    "without a word": "common -middling",
    "actor": "common actor:person-number7",
}
RANKED = {
    **NEWEST,
    "three words": "common middling ground",
    "sixteen words": "the of and to in a that was for on with it as is by at",
    "common word and phrase": 'middling "of the"',
    "actor and topic": "common actor:person-number7 topic:topic-3",
    "nothing, a slip of a key": "comomn",
}
QUOTES = {"common word": "common", "beginning, six letters": "groun*"}
SUGGESTED = {
    "two letters": "pe",
    "five letters": "perso",
    "a name's first word": "person",
    "a common word": "common gr",
}
