"""Drawings made on the server: numbers in, positions out, for the templates in `components/`. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

ROW, BAR, LABEL, WIDTH = 34, 20, 92, 640  # of the drawing, in its own units


def bars(rows: Sequence[tuple[str, Mapping[str, int]]], series: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """One stacked bar a row; `series` are (key, label) in their order, `rows` (label, {key: number}).

    Every bar is as long as its share of the largest; the numbers stand in the table beneath it.
    """
    most = max((sum(numbers.values()) for _label, numbers in rows), default=0)
    drawn = []
    for number, (label, numbers) in enumerate(rows):
        at, pieces = float(LABEL), []
        for place, (key, name) in enumerate(series):
            if not numbers.get(key):
                continue
            wide = (WIDTH - LABEL) * numbers[key] / most
            pieces.append(
                {"x": f"{at:.1f}", "width": f"{wide:.1f}", "number": place, "label": name, "value": numbers[key]}
            )
            at += wide
        top = number * ROW
        drawn.append({"label": label, "y": top, "text_y": top + BAR * 0.72, "pieces": pieces})
    return {"rows": drawn, "width": WIDTH, "height": max(len(rows) * ROW, ROW), "bar": BAR}
