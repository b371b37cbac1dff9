"""Every page of the desk in a real browser, narrow and dark, wide and light: it fits, and axe finds nothing."""

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from articles import identities
from articles.admin import site
from articles.models import CalendarLink, Source, SourceIdentity
from tests import factories

pytestmark = pytest.mark.browser
OF_A_STORY = ("change", "review", "proposals", "share", "revisions", "compare", "history", "hotfix", "delete")
ALONE = (
    *("index", "board", "calendar", "notices", "notices_settings", "shortcuts", "password_change"),
    *("articles_article_plan", "articles_article_import"),
)


def addresses(article):
    """Every page that a person can open by a link."""
    for name in ALONE:
        yield reverse(f"admin:{name}")
    for name in OF_A_STORY:
        yield reverse(f"admin:articles_article_{name}", args=[article.pk])
    yield reverse("admin:articles_source_identity", args=[Source.objects.get(is_confidential=True).pk])
    yield reverse("admin:articles_article_quote", args=[article.pk, article.quotes.first().pk])
    for model in site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{label}_changelist")
        yield reverse(f"admin:{label}_add")
        row = apps.get_model(model._meta.label).objects.order_by("pk").first()
        for name in ("change", "history", "merge"):
            try:
                address = reverse(f"admin:{label}_{name}", args=[row.pk if row else 1])
            except NoReverseMatch:
                continue
            yield address


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_of_the_desk_is_accessible_and_fits(
    open_as, article, story, people, axe_findings, expected_complaints, width, scheme
):
    expected_complaints += ["403", "404", "Content Security Policy", "violates"]  # what is closed; axe’s own styles
    root = factories.person("root", is_superuser=True)
    factories.attribution(article, wording="a clerk")
    hidden = Source.objects.create(label="Clerk", is_confidential=True, recorded_by=root)
    identities.seal(hidden, identities.Contact("Odette Varga"), by=root)
    identities.grant(SourceIdentity.sealed.get(), people.editor, by=root)
    CalendarLink.objects.make(by=root)
    page = open_as(root, "/admin/", color_scheme=scheme, viewport={"width": width, "height": 800})
    base = page.url.removesuffix("/admin/")
    found, seen = {}, 0
    for path in dict.fromkeys(addresses(article)):
        answer = page.goto(base + path)
        page.wait_for_load_state("networkidle")
        if answer.status in (403, 404) or (page.url == f"{base}/admin/" and path != "/admin/"):
            continue
        seen += 1
        faults = axe_findings(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append(("width", page.evaluate("document.documentElement.scrollWidth")))
        if faults:
            found[path] = faults
    assert found == {}
    assert seen > 40
