"""One line of the table."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Figure:
    """What was measured, what it should be, what it is; `faults` say where it falls short."""

    what: str
    goal: str
    is_: str
    is_met: bool
    faults: list[str] = field(default_factory=list)

    def row(self) -> dict[str, str]:
        """As a row of the table."""
        return {"what": self.what, "goal": self.goal, "is": self.is_, "": "met" if self.is_met else "NOT MET"}


def none_of(what: str, faults: list[str], asked: int) -> Figure:
    """A figure whose goal is that nothing is found, in at least one thing that was asked."""
    return Figure(what, "0", f"{len(faults)} in {asked}", is_met=not faults and asked > 0, faults=faults)
