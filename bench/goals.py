"""What is held against a goal: one row of the table that `make bench` prints."""

import operator
from dataclasses import asdict, dataclass
from typing import Any

AT_LEAST, AT_MOST = "≥", "≤"
HOLDS = {AT_LEAST: operator.ge, AT_MOST: operator.le}


@dataclass(frozen=True)
class Goal:
    """`figure` in `unit`, and where there is one the `baseline` that was measured in the same run.

    The goal is about the `ratio` of the two where there is a baseline, else about the figure itself.
    """

    what: str
    figure: float
    unit: str
    sense: str
    goal: float
    ratio: float | None = None
    baseline: str = ""

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return HOLDS[self.sense](self.figure if self.ratio is None else self.ratio, self.goal)

    def as_row(self) -> dict[str, Any]:
        """As it is printed and kept."""
        row = asdict(self)
        del row["sense"]
        return {
            **row,
            "figure": _rounded(self.figure),
            "ratio": "" if self.ratio is None else _rounded(self.ratio),
            "goal": f"{self.sense} {self.goal:g}",
            "met": "yes" if self.is_met else "NO",
        }


def _rounded(number: float) -> float | int:
    return round(number) if abs(number) >= 100 else float(f"{number:.3g}")
