"""System checks of the project's own; each names what it protects from."""

from collections.abc import Iterator

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.security)
def demo_stays_at_home(app_configs=None, **kwargs) -> list[CheckMessage]:
    """The demo's passwords are printed in the manual: it answers on this machine only."""
    others = sorted(set(settings.ALLOWED_HOSTS) - LOCAL)
    if not settings.NEWSROOM_DEMO or not others:
        return []
    return [
        Error(
            f"The demo newsroom would answer to {', '.join(others)}.",
            hint="Its passwords are public: unset NEWSROOM_DEMO, or take the host out of ALLOWED_HOSTS.",
            id="newsroom.E001",
        )
    ]


@register(Tags.security)
def policy_allows_nothing_unsafe(app_configs=None, **kwargs) -> list[CheckMessage]:
    """One `unsafe-inline` and a script in a headline runs."""
    return [
        Error(f"The content security policy allows {value} in {directive}.", id="newsroom.E002")
        for directive, value in _policy()
        if "unsafe" in value or value == "*"
    ]


@register(Tags.security, deploy=True)
def addresses_are_given_in_full(app_configs=None, **kwargs) -> list[CheckMessage]:
    """Feeds and mails carry NEWSROOM_URL: left at its default they would send readers to their own machine."""
    if settings.NEWSROOM_URL.startswith("https://"):
        return []
    return [
        checks.Warning(
            f"NEWSROOM_URL is {settings.NEWSROOM_URL}: set it to the public https address.", id="newsroom.W001"
        )
    ]


def _policy() -> Iterator[tuple[str, str]]:
    for directive, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items():
        for value in values:
            yield directive, str(value)
