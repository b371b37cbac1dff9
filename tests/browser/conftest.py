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
AXE = Axe().axe_script
OF_AXE = {"preload": False, "resultTypes": ["violations"], "selectors": False}
RUN_AXE = """async (options) =>
    (await axe.run(options)).violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 160)])"""
POLICY = "Content Security Policy"
COLOURS_SETTLE = "document.getAnimations().forEach(each => each instanceof CSSTransition && each.finish())"
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules of axe that a scheme of colours can break
EVERY_LOOK = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
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
def under_axe():
    """The pages that axe looks at just now. It styles them, which the policy forbids and the console tells."""
    return []


@pytest.fixture
def open_as(chromium, transactional_db, live_server, people, expected_complaints, under_axe):
    """`open_as(person, path)` gives a page; at the end no console of any page may hold an error or a warning."""
    contexts, complaints = [], []

    def hear(message):
        if message.type in ("error", "warning") and not (message.page in under_axe and POLICY in message.text):
            complaints.append(message.text)

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
        page.on("console", hear)
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
def walk(open_as, live_server):
    """`for path, page in walk(person, paths)` opens one after the other in one window, which keeps what it has."""

    def go(person, paths, **options):
        page = None
        for path in paths:
            if page is None:
                page = open_as(person, path, **options)
            else:
                page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            yield path, page

    return go


@pytest.fixture
def axe_findings(under_axe):
    """The rules that a page breaks, with the first element of each; only those of `rules`, where they are given."""

    def find(page, rules=None):
        page.evaluate("0")  # what the page had to say by itself has been heard
        under_axe.append(page)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        findings = page.evaluate(RUN_AXE, OF_AXE | ({"runOnly": rules} if rules else {}))
        page.evaluate("0")
        under_axe.remove(page)
        return [tuple(finding) for finding in findings]

    return find


@pytest.fixture
def faults_of(axe_findings):
    """What is wrong with a page as it stands, on a telephone and on a desk, light and dark; it keeps the last look.

    Nothing but colours depends on the scheme, so that axe asks the rest once at each width.
    """

    def find(page, looks=EVERY_LOOK):
        found = [] if page.locator("h1").count() == 1 else ["not one h1"]
        widths = set()
        for width, scheme in looks:
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.evaluate(COLOURS_SETTLE)
            if (taken := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append((width, scheme, "too wide", taken))
            findings = axe_findings(page, COLOURS if width in widths else None)
            found += [(width, scheme, *finding) for finding in findings]
            widths.add(width)
        return found

    return find
