"""`python -m bench.plots [FILE …]`: writes `docs/performance.md` and its drawings from what `python -m bench` found.

What stands in the page below the mark `<!-- by hand -->` is left as it is.
"""

import json
import sys
from pathlib import Path

from bench.__main__ import RESULTS, ROOT

PAGE = ROOT / "docs" / "performance.md"
BY_HAND = "<!-- by hand -->"
COLUMNS = ("what", "figure", "unit", "baseline", "ratio", "goal", "met")
ROW, LEFT, WIDTH = 26, 300, 900  # pixels
INK, PAPER, GOOD, BAD, RULE = "#1a1a1a", "#fdfcf9", "#2f6b4f", "#a3341f", "#c9c4b8"


def table(rows: list[dict]) -> str:
    """The rows of one part."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(str(row[name]).replace('|', '/') for name in COLUMNS)} |" for row in rows]
    return "\n".join(lines)


def growth(rows: list[dict]) -> str:
    """Bars of how much more a page of the large archive costs than the same of the small one; a line at the goal."""
    found = [row for row in rows if ": " in row["what"] and row["baseline"] == "the same page"]
    most = max([2.0, *(row["ratio"] for row in found)])
    scale = (WIDTH - LEFT - 60) / most
    height = ROW * len(found) + 50
    goal = LEFT + 1.3 * scale
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>Cost of a page in the large archive against the small one</title>'
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
    ]
    for at, row in enumerate(found):
        top = 12 + at * ROW
        name = row["what"].partition(": ")[0].replace("&", "&amp;").replace("<", "&lt;")
        colour = GOOD if row["met"] == "yes" else BAD
        parts.append(
            f'<text x="{LEFT - 10}" y="{top + 14}" text-anchor="end" fill="{INK}">{name}</text>'
            f'<rect x="{LEFT}" y="{top + 3}" width="{row["ratio"] * scale:.0f}" height="14" fill="{colour}"/>'
            f'<text x="{LEFT + row["ratio"] * scale + 6:.0f}" y="{top + 14}" fill="{INK}">{row["ratio"]}</text>'
        )
    parts.append(
        f'<line x1="{goal:.0f}" x2="{goal:.0f}" y1="6" y2="{height - 30}" stroke="{INK}" stroke-dasharray="4 3"/>'
        f'<text x="{goal:.0f}" y="{height - 12}" text-anchor="middle" fill="{INK}">goal: 1.3 times</text></svg>'
    )
    return "\n".join(parts) + "\n"


def chapter(found: dict, drawing: str) -> list[str]:
    """What was found of one database and its sizes."""
    facts = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    lines = [
        f"## {name_of(found)}",
        "",
        f"{facts[:1].upper()}{facts[1:]}.",
        "",
    ]
    for part in dict.fromkeys(row["part"] for row in found["rows"]):
        lines += [f"### {part}", "", table([row for row in found["rows"] if row["part"] == part]), ""]
        if part == "readers" and "the same page" in str(found["rows"]):
            lines += [f"![Cost of a page in the large archive against the small one]({drawing})", ""]
    return lines


def name_of(found: dict) -> str:
    """The database and sizes that were measured."""
    sizes = [f"{int(size):,}" for size in found["sizes"].split(",")]
    name = {"sqlite": "SQLite", "postgres": "PostgreSQL"}.get(found["database"], found["database"])
    return f"{name}, {' and '.join(sizes)} stories"


def main(arguments: list[str]) -> None:
    """Write all of it."""
    files = [Path(each) for each in arguments] or sorted(RESULTS.glob("*.json"), key=lambda file: len(file.name))
    lines = [
        "# Performance",
        "",
        "What `python -m bench` found. Ratios are against the baseline of the same run and say more than figures:",
        "machines are noisy.",
        "",
    ]
    for file in files:
        found = json.loads(file.read_text())
        drawing = PAGE.with_name(f"performance-{file.stem}.svg")
        lines += chapter(found, drawing.name)
        if any(row["baseline"] == "the same page" for row in found["rows"]):
            drawing.write_text(growth(found["rows"]))
    old = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text("\n".join(lines) + f"{BY_HAND}\n{old.partition(f'{BY_HAND}{chr(10)}')[2]}")


if __name__ == "__main__":
    main(sys.argv[1:])
