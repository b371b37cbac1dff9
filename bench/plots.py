"""`python -m bench.plots [FILE]`: writes `docs/performance.md` and its drawings from what `python -m bench` found last.

What stands in the page below the mark `<!-- by hand -->` is left as it is.
"""

import json
import sys
from pathlib import Path

from bench.__main__ import LATEST, ROOT

PAGE = ROOT / "docs" / "performance.md"
DRAWING = ROOT / "docs" / "performance-growth.svg"
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


def page(found: dict, by_hand: str) -> str:
    """The whole page."""
    facts = ", ".join(f"{name} {value}" for name, value in found["machine"].items())
    lines = [
        "# Performance",
        "",
        f"What `make bench` found: archives of {found['sizes'].replace(',', ' and ')} stories,",
        f"{found['database']}; {facts}.",
        "Ratios are against the baseline of the same run and say more than figures: machines are noisy.",
        "",
    ]
    for part in dict.fromkeys(row["part"] for row in found["rows"]):
        lines += [f"## {part}", "", table([row for row in found["rows"] if row["part"] == part]), ""]
        if part == "readers" and "the same page" in str(found["rows"]):
            lines += [f"![Cost of a page in the large archive against the small one]({DRAWING.name})", ""]
    return "\n".join(lines) + f"{BY_HAND}\n{by_hand}"


def main(arguments: list[str]) -> None:
    """Write both."""
    found = json.loads(Path(arguments[0] if arguments else LATEST).read_text())
    old = PAGE.read_text() if PAGE.exists() else ""
    PAGE.write_text(page(found, old.partition(f"{BY_HAND}\n")[2]))
    DRAWING.write_text(growth(found["rows"]))


if __name__ == "__main__":
    main(sys.argv[1:])
