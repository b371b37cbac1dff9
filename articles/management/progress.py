"""How far a long job is: a bar with rate and time left on a terminal, a line every so often elsewhere."""

import time
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

EVERY = 30  # seconds between two lines where there is no terminal


class Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        """`412/s`, of the last while."""
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


class Bar:
    """A context that gives a function to be called with how many more are done.

    `total` may be None where it is not known. Off a terminal a line is written every `EVERY` seconds.
    """

    def __init__(self, what: str, total: int | None, stream: Any) -> None:
        self.what, self.total, self.stream = what, total, stream
        self.done, self.began = 0, time.monotonic()
        self.told = self.began
        self.progress: Progress | None = None

    def __enter__(self):
        if self.stream.isatty():
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                Rate(),
                TimeRemainingColumn(),
            )
            self.progress = Progress(
                *columns, console=Console(file=self.stream), transient=True, speed_estimate_period=60
            )
            self.task = self.progress.add_task(self.what, total=self.total)
            self.progress.start()
        return self.advance

    def advance(self, more: int = 1) -> None:
        """So many more are done."""
        self.done += more
        if self.progress:
            self.progress.advance(self.task, more)
        elif time.monotonic() - self.told >= EVERY:
            self.told = time.monotonic()
            self.stream.write(self._line())

    def _line(self) -> str:
        rate = self.done / max(time.monotonic() - self.began, 0.001)
        if self.total is None or not rate:
            return f"{self.what}: {self.done:,}, {rate:,.0f}/s\n"
        left = (self.total - self.done) / rate
        return f"{self.what}: {self.done:,} of {self.total:,}, {rate:,.0f}/s, {left / 60:,.0f} min left\n"

    def __exit__(self, *error) -> None:
        if self.progress:
            self.progress.stop()
