"""What a browser shows: axe in light and dark, the page without scripts, what a story weighs."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from bench.audit import node
from bench.audit.figures import Figure, none_of
from bench.audit.pages import Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
LOOKS = (("light", 1280), ("dark", 360))
WEIGHT = 40 * 1024  # bytes
PICTURES = {"Image", "Media", "Other"}  # Other: the icon of the window


def audit(base: str, pages: dict[str, Page]) -> Iterator[Figure]:
    """In Chromium; one figure says so where there is none."""
    path = node.browser()
    if path is None:
        yield Figure("pages in a browser", "seen", "no Chromium on this machine", is_met=False)
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for scheme, width in LOOKS:
            yield none_of(
                f"findings of axe, {scheme} at {width} px", _axe(browser, base, pages, scheme, width), len(pages)
            )
        yield none_of("pages without words or with cookies, scripts off", _bare(browser, base, pages), len(pages))
        yield from _weighed(browser, base, pages)
        browser.close()


def _axe(browser: Browser, base: str, pages: dict[str, Page], scheme: str, width: int) -> list[str]:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    tab, found = context.new_page(), []
    for page in pages.values():
        tab.goto(f"{base}{page.path}", wait_until="load")
        violations = Axe().run(tab, options={"preload": False}).response["violations"]
        found += [f"{page.path} {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in violations]
        wide = tab.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{page.path} is {wide} px wide")
    context.close()
    return found


def _bare(browser: Browser, base: str, pages: dict[str, Page]) -> list[str]:
    context = browser.new_context(java_script_enabled=False)
    tab, found = context.new_page(), []
    for page in pages.values():
        tab.goto(f"{base}{page.path}", wait_until="load")
        heading, words = tab.locator("h1"), tab.locator("main").inner_text()
        if heading.count() != 1 or not heading.inner_text().strip() or len(words.split()) < 5:
            found.append(f"{page.path} says nothing")
        found += [f"{page.path} set the cookie {cookie['name']}" for cookie in context.cookies()]
    context.close()
    return found


def _weighed(browser: Browser, base: str, pages: dict[str, Page]) -> Iterator[Figure]:
    """What comes over the wire for a story on a first visit, headers of answers too, pictures aside."""
    if "story" not in pages:
        yield Figure("a story, compressed", f"≤ {WEIGHT} bytes", "no story was found", is_met=False)
        return
    context = browser.new_context(viewport={"width": 360, "height": 900})
    tab = context.new_page()
    wire, kinds, parts = context.new_cdp_session(tab), {}, {}
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def count(event: dict) -> None:
        kind = kinds.get(event["requestId"], "Other")
        parts[kind] = parts.get(kind, 0) + event["encodedDataLength"]

    wire.on("Network.loadingFinished", count)
    tab.goto(f"{base}{pages['story'].path}", wait_until="networkidle")
    shift = tab.evaluate(
        """() => new Promise(done => { let sum = 0
            new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value })
                .observe({type: "layout-shift", buffered: true})
            setTimeout(() => done(sum), 500) })"""
    )
    context.close()
    sent = {kind: int(size) for kind, size in parts.items() if kind not in PICTURES}
    total = sum(sent.values())
    said = ", ".join(f"{kind.lower()} {size}" for kind, size in sorted(sent.items()))
    yield Figure(
        "a story, compressed, with styles and fonts", f"≤ {WEIGHT} bytes", f"{total} ({said})", is_met=total <= WEIGHT
    )
    yield Figure("how far a story shifts while it loads", "0", f"{shift:.4f}", is_met=shift == 0)
