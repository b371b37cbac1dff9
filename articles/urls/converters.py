"""The parts an address is made of. Dates stay text: a day that never was is simply a wrong address."""


class Text:
    """A piece of an address that is kept as it is written."""

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return str(value)


class Year(Text):
    """Four digits."""

    regex = "[0-9]{4}"


class Month(Text):
    """Two digits."""

    regex = "[0-9]{2}"


class Day(Text):
    """Two digits."""

    regex = "[0-9]{2}"


class Slug(Text):
    """Letters of any script, digits, hyphens and underscores."""

    regex = r"[-\w]+"
