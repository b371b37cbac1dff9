"""How measurements are printed."""

import json
import sys
from typing import Any

from rich.console import Console
from rich.table import Table


def show(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    """One row a measurement, its keys the columns."""
    if as_json:
        sys.stdout.write(json.dumps(rows, indent=1) + "\n")
        return
    table = Table(*(name.replace("_", " ") for name in rows[0]))
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    Console().print(table)
