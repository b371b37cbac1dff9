"""The line drawings of readers' pages."""

from articles import drawings

COMPANY = [
    {"id": 2, "name": "Harbour Board", "url": "/actors/harbour-board/", "stories": 4},
    {"id": 3, "name": "The Association of Masters of the Inner Harbour", "url": "/actors/masters/", "stories": 1},
]


def test_timeline_is_nothing_when_nothing_is_counted():
    assert drawings.timeline([]) is None
    assert drawings.timeline([["2026-03-01", 0, 0]]) is None


def test_timeline_draws_both_sides_of_the_line_when_rows_have_two_numbers():
    drawn = drawings.timeline([["2026-01-01", 4, 0], ["2026-03-01", 2, 3]])
    assert (drawn["most"], drawn["last"].isoformat(), drawn["first"].isoformat()) == (
        [4, 3],
        "2026-03-01",
        "2024-10-01",
    )
    assert [(column["above"], column["below"]) for column in drawn["columns"]] == [("60.0", "0.0"), ("30.0", "30.0")]
    assert drawn["columns"][1]["x"] - drawn["columns"][0]["x"] == 20, "the month between them is left out"
    assert [row["numbers"] for row in drawn["rows"]] == [[2, 3], [4, 0]]


def test_timeline_goes_by_years_when_there_are_many_months():
    drawn = drawings.timeline([["2016-05-01", 1], ["2016-11-01", 2], ["2026-03-01", 5]])
    assert drawn["by_year"]
    assert [(row["day"].year, row["numbers"]) for row in drawn["rows"]] == [(2026, [5]), (2016, [3])]


def test_arcs_join_the_actor_with_all_and_those_who_appear_together():
    drawn = drawings.arcs("Ilse Maran", COMPANY, [(2, 3, 1), (2, 99, 7)])
    assert drawn["nodes"][0]["name"] == "Ilse Maran"
    assert sorted(arc["names"] for arc in drawn["arcs"]) == [
        ("Harbour Board", COMPANY[1]["name"]),
        ("Ilse Maran", "Harbour Board"),
        ("Ilse Maran", COMPANY[1]["name"]),
    ]
    assert [arc["stories"] for arc in drawn["arcs"]] == [1, 1, 4], "the heaviest lies on top"
    assert drawn["nodes"][2]["short"].endswith("…")
    assert drawings.arcs("Ilse Maran", [], []) is None


def test_arcs_lie_on_the_other_side_when_the_page_runs_from_right_to_left():
    one, other = (drawings.arcs("Ilse Maran", COMPANY, [], mirrored=mirrored) for mirrored in (False, True))
    assert one["dot"] + other["dot"] == one["width"]
    assert one["name_at"] > one["dot"]
    assert other["name_at"] < other["dot"]
