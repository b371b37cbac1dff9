"""Searching with the keyboard, with suggestions and without any script."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_one_searches_from_the_masthead_without_script(open_as, story):
    page = open_as(None, "/", java_script_enabled=False)
    page.get_by_role("searchbox", name="Search all stories").fill("harbours")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=story.headline).first.click()
    assert page.get_by_role("heading", level=1).inner_text() == story.headline


def test_suggestions_are_walked_and_opened_with_the_keyboard(open_as, story):
    page = open_as(None, "/search/")
    field = page.get_by_role("combobox")
    field.press_sequentially("il")
    option = page.get_by_role("option", name="Ilse Maran")
    option.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    field.press("ArrowDown")
    option.wait_for()
    field.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    field.press("Enter")
    page.wait_for_url("**/actors/ilse-maran/")


def test_enter_searches_for_what_was_typed_when_nothing_is_chosen(open_as, story):
    page = open_as(None, "/search/")
    field = page.get_by_role("combobox")
    field.press_sequentially("harb")
    page.get_by_role("option", name=story.headline).wait_for()
    field.press("Enter")
    page.wait_for_url(re.compile("q=harb$"))
    assert field.input_value() == "harb"


def test_pages_of_search_have_no_faults_that_axe_finds(open_as, axe_findings, story):
    for path in ("/search/", "/search/?q=harbour+topic:shipping", "/search/?q=swept&in=quotes", "/search/?q=harbuor"):
        page = open_as(None, path, viewport={"width": 360, "height": 800}, bypass_csp=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert axe_findings(page) == [], path
