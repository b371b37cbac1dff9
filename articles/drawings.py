"""Quiet line drawings of readers' pages: numbers in, positions out, for the templates in `components/`. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

FEWEST, MONTHS, YEARS = 18, 48, 8  # fewer months are drawn with empty ones before them, more by years; as many at least
TALL, DEEP = 60, 30  # of the columns above the line and of those below it, in units of the drawing
ROW, ARC, GAP, COUNT, WIDE = 36, 106, 14, 376, 380  # of the arcs, in units of the drawing
LETTER = 8.6  # a letter of a name is about as wide; what is cut off stands in the table beneath
LIGHTEST, HEAVIEST = 0.5, 2.0  # of a line


def timeline(rows: Sequence[Sequence[Any]]) -> dict[str, Any] | None:
    """Columns over time: above a line the first number of each row, below it the second, where there is one.

    `rows`: [ISO day of the month's first, number, …] in order; months between without a row count nothing. Gives
    `columns` [{x, above, top, below}], `width`, `height`, `line` and `slot` in units of the drawing, `by_year`, the
    `first` and `last` day drawn, the `most` of each, and `rows` [{day, numbers}], newest first, of those that count
    something. None for no rows.
    """
    counted = {date.fromisoformat(day): list(numbers) for day, *numbers in rows if any(numbers)}
    if not counted:
        return None
    span = _months(min(counted), max(counted), FEWEST)
    by_year = len(span) > MONTHS
    if by_year:
        span, counted = _years(counted)
    most = [max(column) for column in zip(*counted.values(), strict=True)]
    if not any(most[1:]):
        most, counted = most[:1], {day: numbers[:1] for day, numbers in counted.items()}
    return {
        "columns": [_column(at, counted[day], most) for at, day in enumerate(span) if day in counted],
        "width": len(span) * 10,
        "height": TALL + (DEEP if most[1:] else 0) + 1,
        "line": TALL,
        "by_year": by_year,
        "first": span[0],
        "last": span[-1],
        "most": most,
        "rows": [{"day": day, "numbers": counted[day]} for day in reversed(span) if day in counted],
    }


def _column(at: int, numbers: Sequence[int], most: Sequence[int]) -> dict[str, Any]:
    heights = [
        deep * number / (largest or 1) for deep, number, largest in zip((TALL, DEEP), numbers, most, strict=False)
    ]
    above, below = heights[0], heights[1] if len(heights) > 1 else 0
    return {"x": at * 10 + 2, "above": f"{above:.1f}", "top": f"{TALL - above:.1f}", "below": f"{below:.1f}"}


def _months(first: date, last: date, fewest: int) -> list[date]:
    end = last.year * 12 + last.month
    start = min(first.year * 12 + first.month, end - fewest + 1)
    return [date((n - 1) // 12, (n - 1) % 12 + 1, 1) for n in range(start, end + 1)]


def _years(counted: Mapping[date, Sequence[int]]) -> tuple[list[date], dict[date, list[int]]]:
    found: dict[date, list[int]] = {}
    for day, numbers in counted.items():
        year = date(day.year, 1, 1)
        found[year] = [a + b for a, b in zip(found.get(year, [0] * len(numbers)), numbers, strict=True)]
    last = max(found).year
    return [date(year, 1, 1) for year in range(min(min(found).year, last - YEARS + 1), last + 1)], found


def arcs(
    name: str, company: Sequence[Mapping[str, Any]], ties: Sequence[tuple[int, int, int]], *, mirrored: bool = False
) -> dict[str, Any] | None:
    """One actor and those it appears with in a column of names, joined by arcs as heavy as they appear together.

    `company`: [{id, name, url, stories}], `ties` between two of them: (id, id, stories). `mirrored` for a page that
    runs from right to left. Gives `nodes` [{y, name, short, url, stories}], the first of them the actor itself, `arcs`
    [{path, weight, own, names, stories}], `width`, `height`, where names, dots and numbers stand. None for no company.
    """
    if not company:
        return None
    across = (lambda x: WIDE - x) if mirrored else (lambda x: x)
    nodes = [{"name": name, "url": "", "stories": 0}, *company]
    heights = [round(ROW * (at + 0.5), 1) for at in range(len(nodes))]
    places = {each["id"]: at for at, each in enumerate(nodes) if at}
    lines = [(0, places[each["id"]], each["stories"]) for each in company]
    lines += [(places[one], places[other], stories) for one, other, stories in ties if {one, other} <= places.keys()]
    most = max(stories for _one, _other, stories in lines)
    dot = round(_width(heights[-1] - heights[0]) + 6, 1)
    room = int((COUNT - 24 - dot - GAP) / LETTER)
    return {
        "nodes": [
            {**each, "short": _short(each["name"], room), "y": y, "text_y": round(y + 5, 1), "row_y": y - ROW / 2}
            for each, y in zip(nodes, heights, strict=True)
        ],
        "arcs": [
            {
                "path": _arc(across(dot), *sorted((heights[one], heights[other])), mirrored=mirrored),
                "weight": f"{LIGHTEST + (HEAVIEST - LIGHTEST) * stories / most:.2f}",
                "own": one == 0,
                "names": (nodes[one]["name"], nodes[other]["name"]),
                "stories": stories,
            }
            for one, other, stories in sorted(lines, key=lambda line: line[2])
        ],
        "width": WIDE,
        "height": ROW * len(nodes),
        "row": ROW,
        "dot": across(dot),
        "name_at": across(dot + GAP),
        "count_at": across(COUNT),
    }


def _arc(x: int, top: float, bottom: float, *, mirrored: bool) -> str:
    """Half an ellipse from one dot to another, on the side away from the names."""
    return f"M{x} {top} A{_width(bottom - top):.1f} {(bottom - top) / 2:.1f} 0 0 {1 if mirrored else 0} {x} {bottom}"


def _width(span: float) -> float:
    return min(ARC, 10 + span * 0.31)


def _short(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"
