"""Which of the rows that were found comes first."""

from articles.search.ranking import best_first, wanted

COLUMNS = ((0, 8.0), (1, 1.0))


def order(rows, *words):
    """The places of rows, told as (place, headline, body)."""
    return [row[0] for row in best_first(rows, words, 1)]


def test_a_headline_weighs_more_than_the_body_and_more_than_once_more_than_once():
    rows = [(3, "sea", "ship of wood"), (2, "ship", "sea of salt"), (1, "sea", "ship and ship")]
    assert order(rows, wanted([("ship",)], (), COLUMNS)) == [2, 1, 3]


def test_of_like_rows_the_newest_comes_first():
    assert order([(1, "", "ship"), (2, "", "ship")], wanted([("ship",)], (), COLUMNS)) == [2, 1]


def test_in_a_long_text_a_word_says_less():
    assert order([(2, "", "ship " + "sea " * 50), (1, "", "ship sea")], wanted([("ship",)], (), COLUMNS)) == [1, 2]


def test_a_word_that_all_hold_often_does_not_drown_another():
    sea, ship = (wanted([(word,)], (), COLUMNS) for word in ("sea", "ship"))
    rows = [(place, "", "sea " * 20 + "ship" + " sand" * 3) for place in (5, 4, 3)]
    rows += [(2, "", "sea " * 20 + "ship " * 4), (1, "", "sea " * 23 + "ship")]
    assert order(rows, sea, ship)[0] == 2


def test_runs_and_beginnings_are_counted():
    assert order([(2, "", "sea of trade"), (1, "", "sea trade")], wanted([("sea", "trade")], (), COLUMNS)) == [1, 2]
    opened = wanted([("trad",), ("tra",)], ("tra",), COLUMNS)
    assert opened.pieces == (" tra",)
    assert order([(2, "", "sea of sand"), (1, "", "sea trade")], opened) == [1, 2]


def test_a_word_of_one_column_is_not_counted_in_others():
    assert order([(2, "ship", ""), (1, "", "ship")], wanted([("ship",)], (), [(1, 2.0)])) == [1, 2]


def test_rows_that_hold_nothing_and_no_rows_at_all_are_no_error():
    assert order([(1, "", ""), (2, "", "")], wanted([("ship",)], (), COLUMNS)) == [2, 1]
    assert order([], wanted([("ship",)], (), COLUMNS)) == []
