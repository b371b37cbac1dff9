"""Every page of the desk in a real browser, narrow and dark, wide and light: it fits, and axe finds nothing."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles import fronts, identities, packages, tagging
from articles.admin import site
from articles.models import (
    ActorRelation,
    Arrangement,
    CalendarLink,
    Claim,
    Package,
    Position,
    RightOfReply,
    Source,
    SourceIdentity,
)
from tests import factories

pytestmark = pytest.mark.browser
OF_A_STORY = ("change", "claims", "review", "proposals", "share", "revisions", "compare", "history", "hotfix", "delete")
ALONE = (
    *("index", "board", "calendar", "notices", "notices_settings", "shortcuts", "password_change"),
    *("report_sources", "front", "front_history", "packages", "articles_package_add"),
    *("articles_article_plan", "articles_article_import"),
)


def addresses(article):
    """Every page that a person can open by a link."""
    for name in ALONE:
        yield reverse(f"admin:{name}")
    for name in OF_A_STORY:
        yield reverse(f"admin:articles_article_{name}", args=[article.pk])
    yield reverse("admin:articles_source_identity", args=[Source.objects.get(is_confidential=True).pk])
    yield from (reverse("admin:articles_source_uses", args=[row.pk]) for row in Source.objects.all())
    yield reverse("admin:articles_arrangement_plan", args=[Arrangement.objects.planned().get().pk])
    yield reverse("admin:articles_package_change", args=[Package.objects.get().pk])
    yield reverse("admin:articles_article_quote", args=[article.pk, article.quotes.first().pk])
    for model in site._registry:
        label = f"{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"admin:{label}_changelist")
        yield reverse(f"admin:{label}_add")
        if label in ("articles_actor", "articles_topic"):
            yield reverse(f"admin:{label}_duplicates")
        row = apps.get_model(model._meta.label).objects.order_by("pk").first()
        for name in ("change", "history", "merge", "split"):
            try:
                address = reverse(f"admin:{label}_{name}", args=[row.pk if row else 1])
            except NoReverseMatch:
                continue
            yield address


@pytest.mark.parametrize("half", [0, 1])  # it is the longest of all tests: two browsers share it
def test_every_page_of_the_desk_is_accessible_and_fits(
    open_as, article, story, people, faults_of, expected_complaints, half
):
    expected_complaints += ["403", "404"]  # what is closed
    root = factories.person("root", is_superuser=True)
    clerk = factories.attribution(article, wording="a clerk")
    claim = Claim.objects.create(article=article, text="Ships waited off the breakwater", is_serious=True)
    claim.attributions.add(clerk)
    RightOfReply.objects.create(article=article, actor=factories.actor(), outcome="no_response")
    hidden = Source.objects.create(label="Clerk", is_confidential=True, recorded_by=root)
    identities.seal(hidden, identities.Contact("Odette Varga"), by=root)
    identities.grant(SourceIdentity.sealed.get(), people.editor, by=root)
    CalendarLink.objects.make(by=root)
    board = factories.actor("Harbour Board", "body")
    ActorRelation.objects.create(actor=factories.actor(), kind="leads", other=board, attribution=clerk)
    Position.objects.create(actor=factories.actor(), title="Harbour master", body=board)
    factories.actor("Harbor Board", "body")
    tagging.merge(factories.actor("Zilse Maran"), factories.actor(), by=root)
    package = packages.save(Package(title="The harbour", slug="the-harbour"), [packages.Part(story.pk)], by=root)
    packages.put_before_readers(package, by=root)
    placed = [fronts.Placed("lead", story.pk, "Shut", is_pinned=True)]
    fronts.arrange(None, placed, by=root, seen=0, package=package)
    fronts.arrange(None, placed, by=root, seen=1, goes_live_at=timezone.now() + timedelta(hours=2))
    page = open_as(root, "/admin/")
    base = page.url.removesuffix("/admin/")
    found, seen = {}, 0
    for path in list(dict.fromkeys(addresses(article)))[half::2]:
        answer = page.goto(base + path)
        page.wait_for_load_state("networkidle")
        if answer.status in (403, 404) or (page.url == f"{base}/admin/" and path != "/admin/"):
            continue
        seen += 1
        if faults := faults_of(page, [(360, "dark"), (1280, "light")]):
            found[path] = faults
    assert found == {}
    assert seen > 20


def test_a_fault_is_found_in_the_look_that_has_it(open_as, faults_of):
    page = open_as(None, "/")
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(`
            @media (prefers-color-scheme: dark) { .grey { color: #222; background: #111 } }
            @media (width > 1000px) { .wide { inline-size: 3000px; block-size: 3px } }`)
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
        const added = '<p class="grey">Words</p><p class="wide"></p><img src="data:,">'
        document.querySelector("main").insertAdjacentHTML("beforeend", added)
    }""")
    assert [fault[:3] for fault in faults_of(page)] == [
        (360, "light", "image-alt"),
        (360, "dark", "color-contrast"),
        (1280, "light", "too wide"),
        (1280, "light", "image-alt"),
        (1280, "dark", "too wide"),
        (1280, "dark", "color-contrast"),
    ]
