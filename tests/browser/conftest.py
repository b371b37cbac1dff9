"""A real Chromium on a real server. Where none is installed these tests are left out, unless they are required."""

import os
import shutil
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    if CHROMIUM is None:
        if os.environ.get("NEWSROOM_REQUIRE_BROWSER") == "1":
            pytest.fail("Chromium is required and not installed")
        pytest.skip("no Chromium on this machine: install the chromium package to run the browser tests")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps a loop running in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def expected_complaints():
    """Words of what a test makes the console say: a refusal that is its subject."""
    return []


@pytest.fixture
def open_as(chromium, transactional_db, live_server, people, expected_complaints):
    """`open_as(person, path)` gives a page; at the end no console of any page may hold an error or a warning."""
    contexts, complaints = [], []

    def open_page(person, path, **options):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            session = {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
            }
            context.add_cookies([{**session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: message.type in ("error", "warning") and complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [each for each in complaints if not any(words in each for words in expected_complaints)] == []


@pytest.fixture
def paste():
    """Put HTML of a file of `tests/data/paste/` into the editor as the clipboard would."""

    def put(page, name):
        html = (Path(__file__).parent.parent / "data" / "paste" / name).read_text()
        page.locator(".ProseMirror").evaluate(
            """(editable, html) => {
                const clipboardData = new DataTransfer()
                clipboardData.setData("text/html", html)
                clipboardData.setData("text/plain", "plain")
                const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
                editable.dispatchEvent(event)
            }""",
            html,
        )

    return put


@pytest.fixture
def axe_findings():
    """The rules that a page breaks, with the first element of each. Axe styles the page: ask for it last."""

    def find(page):
        violations = Axe().run(page, options={"preload": False}).response["violations"]
        return [(rule["id"], rule["nodes"][0]["html"][:160]) for rule in violations]

    return find


@pytest.fixture
def axe_apart(axe_findings):
    """What axe finds on the page’s address, opened apart: it styles the page, which the policy would log."""

    def find(page):
        quiet = page.context.new_page()
        quiet.goto(page.url)
        quiet.wait_for_load_state("networkidle")
        return axe_findings(quiet)

    return find
