"""By which door somebody acts: a page, the API, a command, the release of what is due. The audit log names it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

PAGE, API, COMMAND, RELEASE = "page", "api", "command", "release"

_channel: ContextVar[str] = ContextVar("channel", default=COMMAND)
_person: ContextVar[Callable[[], Any]] = ContextVar("person", default=lambda: None)


def current() -> str:
    """The channel of the act at hand; a command where nobody said otherwise."""
    return _channel.get()


def person() -> Any:
    """Who is signed in at the door, for acts that no verb is told the doer of; None for a command or a stranger."""
    return _person.get()()


@contextmanager
def acting_through(channel: str, person: Callable[[], Any] = lambda: None) -> Iterator[None]:
    """Within the block, acts are logged as done through `channel`, by whomever `person` gives when it is asked."""
    token, who = _channel.set(channel), _person.set(person)
    try:
        yield
    finally:
        _channel.reset(token)
        _person.reset(who)
