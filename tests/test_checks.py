"""The project's own system checks: silent as shipped, loud when something unsafe is set."""

from articles import checks


def ids(check):
    return [message.id for message in check()]


def test_checks_are_silent_as_shipped(settings):
    settings.NEWSROOM_URL = "https://paper.example"
    assert ids(checks.demo_stays_at_home) == []
    assert ids(checks.policy_allows_nothing_unsafe) == []
    assert ids(checks.addresses_are_given_in_full) == []


def test_a_demo_that_answers_strangers_is_an_error(settings):
    settings.NEWSROOM_DEMO = True
    settings.ALLOWED_HOSTS = ["127.0.0.1", "paper.example"]
    assert ids(checks.demo_stays_at_home) == ["newsroom.E001"]


def test_an_unsafe_policy_is_an_error(settings):
    policy = {"DIRECTIVES": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"script-src": ["'unsafe-inline'", "*"]}}
    settings.CONTENT_SECURITY_POLICY = policy
    assert ids(checks.policy_allows_nothing_unsafe) == ["newsroom.E002", "newsroom.E002"]


def test_a_plain_http_address_warns_on_deployment(settings):
    settings.NEWSROOM_URL = "http://127.0.0.1:8000"
    assert ids(checks.addresses_are_given_in_full) == ["newsroom.W001"]
