"""Names in one line of text: what a person types where no script offers to help.

A comma parts the names; a name that holds a comma or a quotation mark stands in double quotes, and a double quote in
it is doubled, as in CSV. "Name (kind)" asks for a new entry of that kind.
"""

import re
from collections.abc import Iterable

COMMAS = ",،"  # the second as an Arabic keyboard has it
SUFFIX = re.compile(r"^(?P<name>.+?)\s*\((?P<kind>[^()]+)\)$", re.DOTALL)


def parse(text: str) -> list[str]:
    """The names in `text`, in order, each once whatever its case."""
    text = text.replace("\x00", "")
    names, name, in_quotes, at = [], "", False, 0
    while at < len(text):
        char = text[at]
        if in_quotes and text[at : at + 2] == '""':
            name += char
            at += 1
        elif char == '"' and (in_quotes or not name.strip()):
            in_quotes = not in_quotes
            name = "" if in_quotes else name
        elif char in COMMAS and not in_quotes:
            names.append(name)
            name = ""
        else:
            name += char
        at += 1
    found: dict[str, str] = {}
    for part in [*names, name]:
        if tidy := " ".join(part.split()):
            found.setdefault(tidy.casefold(), tidy)
    return list(found.values())


def compose(names: Iterable[str]) -> str:
    """One line that `parse` reads back as these names."""
    return ", ".join(
        f'"{name.replace(chr(34), chr(34) * 2)}"' if re.search(f'["{COMMAS}]', name) else name for name in names
    )


def split_kind(name: str) -> tuple[str, str]:
    """("Ana Ruiz", "person") of "Ana Ruiz (person)"; the kind is empty where none is given."""
    match = SUFFIX.match(name)
    return (match["name"], match["kind"].strip().casefold()) if match else (name, "")
