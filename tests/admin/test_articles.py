"""The writing desk over HTTP, without scripts: who opens it, what a save does, what it refuses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import commenting
from articles.forms import image_choices
from articles.models import Actor, Article, ArticleImage, Byline, Quote, Revision
from articles.models.quotes import Verification
from tests import factories
from tests.admin.pages import fields, page, text


def save(client, url, **changes):
    """Open the desk, change these fields, save."""
    return client.post(url, fields(client.get(url)) | changes | {"_continue": "1"})


def test_desk_shows_copy_rail_and_parts_when_the_writer_opens_a_draft(desk_of, people, article, desk_url):
    response = desk_of(people.writer).get(desk_url)
    words = text(response)
    assert response.status_code == 200
    for expected in ("Where it stands", "What keeps it from going out", "What you can do now", "Submit for review"):
        assert expected in words
    assert fields(response)["headline"] == article.headline
    assert fields(response)["actors"] == "Ilse Maran"
    assert len(list(page(response).iter("h1"))) == 1


@pytest.mark.parametrize(
    ("who", "may_read", "may_edit"),
    [
        ("writer", True, True),
        ("outsider", False, False),
        ("editor", True, True),
        ("reviewer", False, False),
        ("publisher", True, True),
        ("admin", False, False),
    ],
)
def test_draft_opens_for_its_people_only_when_asked_for(desk_of, people, article, desk_url, who, may_read, may_edit):
    client = desk_of(getattr(people, who))
    missing = reverse("admin:articles_article_change", args=[article.pk + 999])
    response, nothing = client.get(desk_url), client.get(missing)
    assert (response.status_code == 200) is may_read
    if not may_read:
        assert (response.status_code, response.get("Location")) == (nothing.status_code, nothing.get("Location"))
    forged = {"headline": "Taken over", "_continue": "1"}
    posted, nowhere = client.post(desk_url, forged), client.post(missing, forged)
    if may_edit:
        assert posted.status_code == 200  # shown again with errors: it carries no version
    else:
        assert (posted.status_code, posted.get("Location")) == (nowhere.status_code, nowhere.get("Location"))
    article.refresh_from_db()
    assert article.headline != "Taken over"


@pytest.mark.parametrize("who", ["reviewer", "writer"])
def test_copy_is_read_and_not_edited_when_it_is_in_review(desk_of, people, article, desk_url, who):
    values = fields(desk_of(people.writer).get(desk_url))
    article.submit(by=people.writer)
    client = desk_of(getattr(people, who))
    response = client.get(desk_url)
    assert "We will not reopen it" in text(response)
    assert 'name="headline"' not in response.content.decode()
    answer = client.post(desk_url, values | {"headline": "Changed", "_continue": "1"})
    assert answer.status_code == (302 if who == "writer" else 403)  # who had a part in it keeps the text
    article.refresh_from_db()
    assert article.headline != "Changed"


def test_published_copy_is_read_only_when_readers_have_it(desk_of, people, article, story, desk_url):
    response = desk_of(people.publisher).get(desk_url)
    assert 'name="headline"' not in response.content.decode()
    assert "Write an update" in text(response)


@pytest.mark.parametrize(("role", "may"), [("writer", False), ("editor", True), ("publisher", True)])
def test_address_readers_have_is_changed_by_the_desk_alone(role, may, desk_of, people, article, story, desk_url):
    article.refresh_from_db()
    article.revise(by=people.publisher)
    client = desk_of(getattr(people, role))
    shown = client.get(desk_url)
    assert ("slug" in fields(shown)) is may
    assert "Readers have this address" in text(shown)
    save(client, desk_url, slug="another-slug", headline="Another headline")
    changed = Article.objects.get(pk=article.pk)
    assert (changed.slug, changed.headline) == ("another-slug" if may else article.slug, "Another headline")


def test_save_makes_a_revision_when_something_changed(desk_of, people, article, desk_url):
    response = save(desk_of(people.writer), desk_url, headline="A new headline", actors="Ilse Maran")
    assert response.status_code == 302
    latest = Revision.objects.filter(article=article).first()
    assert (latest.number, latest.created_by, latest.document["headline"]) == (2, people.writer, "A new headline")


def test_save_makes_no_revision_when_nothing_changed(desk_of, people, article, desk_url):
    save(desk_of(people.writer), desk_url)
    assert Revision.objects.filter(article=article).count() == 1


def test_new_story_has_writer_byline_slug_and_revision_when_it_is_first_saved(desk_of, people):
    factories.Contributor.objects.create(user=people.writer, name="Wren", slug="wren")
    client, url = desk_of(people.writer), reverse("admin:articles_article_add")
    response = save(client, url, headline="  Rain\nin Selm ", body="<p>It rained.</p>")
    made = Article.objects.get()
    assert response["Location"] == reverse("admin:articles_article_change", args=[made.pk])
    assert (made.headline, made.slug, made.writer) == ("Rain in Selm", "rain-in-selm", people.writer)
    assert [byline.contributor.name for byline in made.bylines.all()] == ["Wren"]
    assert made.revisions.count() == 1


def test_only_allowed_html_is_kept_when_a_body_is_posted(desk_of, people, article, desk_url):
    body = '<p onclick="x()">Ships <b style="color:red">waited</b>.</p><script>alert(1)</script><img src=x onerror=y>'
    save(desk_of(people.writer), desk_url, body=body)
    article.refresh_from_db()
    assert "onclick" not in article.body
    assert "script" not in article.body
    assert "style" not in article.body
    assert "Ships" in article.body


def test_state_and_writer_stay_when_a_post_carries_fields_that_are_not_on_the_form(desk_of, people, article, desk_url):
    forged = {"status": "published", "writer": people.outsider.pk, "version": 99, "approved_revision": 1}
    save(desk_of(people.writer), desk_url, headline="Honest", **forged)
    article.refresh_from_db()
    assert (article.headline, article.status, article.writer) == ("Honest", "draft", people.writer)
    assert article.version == 2


def test_quotes_of_another_story_stay_when_a_row_is_forged(desk_of, people, article, desk, desk_url):
    other = factories.article(people.outsider, desk)
    theirs = other.quotes.get()
    client = desk_of(people.writer)
    client.post(desk_url, fields(client.get(desk_url)) | {"quotes-0-id": theirs.pk, "quotes-0-text": "Taken"})
    theirs.refresh_from_db()
    assert theirs.text == factories.WORDS


def test_text_is_kept_and_nothing_overwritten_when_somebody_else_saved_in_between(desk_of, people, article, desk_url):
    mine, theirs = desk_of(people.writer), desk_of(people.editor)
    opened = fields(mine.get(desk_url))
    save(theirs, desk_url, headline="Theirs")
    response = mine.post(desk_url, opened | {"headline": "Mine, not to be lost", "_continue": "1"})
    article.refresh_from_db()
    assert (response.status_code, article.headline) == (302, "Theirs")
    page = mine.get(response.url)
    assert "Nothing of yours is lost" in text(page)
    assert "Mine, not to be lost" in text(page)
    again = mine.post(response.url, {"version": "2", "choice-1": "mine"})
    article.refresh_from_db()
    assert (again.status_code, article.headline) == (302, "Mine, not to be lost")
    assert article.revisions.count() == 3


def test_approval_lapses_when_approved_copy_is_saved_changed(desk_of, people, article, desk_url):
    factories.approve(article, people)
    save(desk_of(people.publisher), desk_url, headline="Changed after approval")
    article.refresh_from_db()
    assert article.status == "in_review"


def test_quote_is_tied_to_its_words_when_it_is_added(desk_of, people, article, desk_url):
    row = {"quotes-1-text": "Ships waited off the breakwater", "quotes-1-kind": "indirect", "quotes-1-is_undated": "on"}
    save(desk_of(people.writer), desk_url, **row)
    quote = Quote.objects.get(article=article, kind="indirect")
    assert quote.suffix.startswith(", port records")
    assert quote.position > article.quotes.get(kind="direct").position


def test_quote_is_kept_as_drifted_when_its_words_leave_the_body(desk_of, people, article, desk_url):
    client = desk_of(people.writer)
    response = save(client, desk_url, body="<p>Nothing was said.</p>")
    assert response.status_code == 302
    assert article.quotes.get().text == factories.WORDS
    page_now = client.get(desk_url)
    assert "no longer stands in the body" in text(page_now)
    assert 'href="#quotes-0"' in page_now.content.decode()


def test_check_is_signed_when_a_quote_is_marked_as_checked_and_voided_when_its_words_change(
    desk_of, people, article, desk_url
):
    client = desk_of(people.writer)
    save(client, desk_url, **{"quotes-0-verification": "verified"})
    quote = article.quotes.get()
    assert (quote.verified_by, quote.verified_at is not None) == (people.writer, True)
    save(client, desk_url, **{"quotes-0-text": "We will not reopen it"})
    quote.refresh_from_db()
    assert (quote.verification, quote.verified_by) == (Verification.UNVERIFIED, None)


def test_new_source_is_made_when_its_kind_stands_in_brackets(desk_of, people, article, desk_url):
    row = {"attributions-1-source": "Harbour log (document)", "attributions-1-wording": "port records"}
    save(desk_of(people.writer), desk_url, **row)
    source = article.attributions.get(wording="port records").source
    assert (source.label, source.kind, source.is_confidential) == ("Harbour log", "document", False)


def test_picture_joins_the_story_when_it_is_put_into_the_text(desk_of, people, article, desk_url):
    image = factories.image()
    figure = f'<figure data-image="{image.pk}"><img src="{image.url}" alt="x"></figure>'
    save(desk_of(people.writer), desk_url, body=factories.BODY + figure)
    assert [item.image for item in article.image_items.all()] == [image]


def test_byline_order_is_kept_when_two_are_given(desk_of, people, article, desk_url):
    second = factories.Contributor.objects.create(name="Abel Zorn", slug="abel-zorn")
    row = {"bylines-0-position": "2", "bylines-1-contributor": second.name, "bylines-1-position": "1"}
    save(desk_of(people.writer), desk_url, **row)
    assert [byline.contributor.name for byline in Byline.objects.filter(article=article)] == ["Abel Zorn", "Wren"]


def test_findings_link_to_the_field_that_mends_them_when_something_is_missing(desk_of, people, desk):
    bare = factories.article(people.writer, desk, standfirst="", body="<p>Words.</p>")
    response = desk_of(people.writer).get(reverse("admin:articles_article_change", args=[bare.pk]))
    document = page(response)
    links = {link.get("href") for link in document.iter("a") if link.get("data-finding") is not None}
    ids = {element.get("id") for element in document.iter() if element.get("id")}
    assert "#id_standfirst" in links
    assert {link.removeprefix("#") for link in links} <= ids


def test_findings_link_to_what_the_rule_says_when_something_is_missing(desk_of, people, desk, client):
    bare = factories.article(people.writer, desk, standfirst="", body="<p>Words.</p>")
    document = page(desk_of(people.writer).get(reverse("admin:articles_article_change", args=[bare.pk])))
    rules = {link.get("href") for link in document.iter("a") if link.get("class") == "finding__rule"}
    told, _hash, anchor = next(iter(rules)).partition("#")
    assert rules == {f"{told}#r33"}
    assert anchor in {element.get("id") for element in page(client.get(told)).iter()}


def test_script_and_import_map_carry_the_nonce_of_the_policy_when_the_editor_is_shown(desk_of, people, desk_url):
    response = desk_of(people.writer).get(desk_url)
    html = response.content.decode()
    nonce = response["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'type="importmap" nonce="{nonce}"' in html
    assert f'<style data-tiptap-style nonce="{nonce}">' in html
    assert " style=" not in html
    assert "onclick" not in html


def test_draft_is_deleted_with_its_revisions_when_its_writer_deletes_it(desk_of, people, article):
    url = reverse("admin:articles_article_delete", args=[article.pk])
    response = desk_of(people.writer).post(url, {"post": "yes"})
    assert (response.status_code, Article.objects.exists()) == (302, False)


def test_story_is_not_deleted_when_it_was_published(desk_of, people, article, story):
    url = reverse("admin:articles_article_delete", args=[article.pk])
    assert desk_of(people.publisher).post(url, {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.mark.parametrize(
    "query",
    [
        "writer__password__startswith=md5",
        "headline__regex=(a+)%2B$",
        "headline__startswith=Port",
        "ed_note__contains=x",
        "writer__username=wren",
        "desk__slug__regex=w",
        "quotes__text__contains=swept",
    ],
)
def test_list_refuses_a_lookup_when_no_filter_offers_it(desk_of, people, article, query):
    response = desk_of(people.publisher).get(reverse("admin:articles_article_changelist") + f"?{query}")
    assert response.status_code == 400


def test_list_shows_only_own_stories_when_a_writer_looks(desk_of, people, article):
    url = reverse("admin:articles_article_changelist")
    assert article.headline in text(desk_of(people.writer).get(url))
    assert article.headline not in text(desk_of(people.outsider).get(url))


@pytest.mark.parametrize("name", ["admin:articles_article_changelist", "admin:index"])
def test_cost_does_not_grow_when_there_are_more_stories(
    desk_of, people, article, desk, django_assert_num_queries, django_assert_max_num_queries, name
):
    client, url = desk_of(people.publisher), reverse(name)
    client.get(url)
    with django_assert_max_num_queries(40) as one:
        client.get(url)
    for number in range(4):
        made = factories.article(people.writer if number % 2 else people.outsider, desk)
        if number > 1:
            made.submit(by=made.writer)
    with django_assert_num_queries(len(one)):
        client.get(url)


def test_cost_of_the_desk_does_not_grow_when_there_are_more_parts(
    desk_of, people, article, desk_url, django_assert_num_queries, django_assert_max_num_queries
):
    client = desk_of(people.writer)
    client.get(desk_url)
    with django_assert_max_num_queries(90) as one:
        client.get(desk_url)
    for number in range(3):
        factories.quote(article, "Ships waited", kind="indirect", speaker=Actor.objects.first())
        factories.attribution(article, f"Source {number}")
        contributor = factories.Contributor.objects.create(name=f"C {number}", slug=f"c-{number}")
        Byline.objects.create(article=article, contributor=contributor)
    with django_assert_num_queries(len(one)):
        client.get(desk_url)


def test_text_beyond_any_story_is_refused_with_a_sentence_when_it_is_posted(desk_of, people, article, desk_url):
    answer = save(desk_of(people.writer), desk_url, body="<p>word</p>" * 100_000)
    assert answer.status_code == 200
    assert "1000000 characters" in text(answer) or "1,000,000 characters" in text(answer)
    assert Article.objects.get().body == article.body


# --- what the pages of a story cost ---------------------------------------------------------------------------------


@pytest.fixture
def full_story(article, people):
    """A rewrite of a live story with all that belongs to one: pictures, notes, an unnamed source, aliases."""
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    lead = factories.image()
    Article.objects.filter(pk=article.pk).update(lead_image=lead)
    article.refresh_from_db()
    ArticleImage.objects.create(article=article, image=factories.image(alt="Another"))
    factories.attribution(article, label="A clerk", wording="a clerk", basis="anonymous")
    for name in ("Ports", "Winter"):
        article.topics.add(factories.topic(name, parent=factories.topic("Weather")))
    article.actors.add(factories.actor("Odo Fenn"))
    article.record_revision(by=people.writer)
    commenting.add(article, author=people.editor, text="Source for this?")
    article.submit(by=people.writer)
    return article


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
@pytest.mark.parametrize("name", ["change", "review"])
def test_a_full_story_is_shown_with_at_most_15_queries(desk_of, people, full_story, role, name):
    client = desk_of(getattr(people, role))
    url = reverse(f"admin:articles_article_{name}", args=[full_story.pk])
    client.get(url)  # the first look at a review is remembered
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    assert len(seen) <= 15, [query["sql"][:300] for query in seen.captured_queries]


def test_a_drop_down_of_pictures_holds_the_storys_own_and_the_latest(desk_of, people, article, monkeypatch):
    monkeypatch.setattr(image_choices, "LATEST", 2)
    lead, own, old, new, newest = (factories.image(alt=f"Picture {n}") for n in range(5))
    Article.objects.filter(pk=article.pk).update(lead_image=lead)
    ArticleImage.objects.create(article=article, image=own)
    shown = page(desk_of(people.editor).get(reverse("admin:articles_article_change", args=[article.pk])))
    select = next(node for node in shown.iter("select") if node.get("name") == "lead_image")
    offered = {option.get("value") for option in select.iter("option")} - {""}
    assert offered == {str(each.pk) for each in (lead, own, new, newest)}
    assert [option.get("value") for option in select.iter("option") if option.get("selected") is not None] == [
        str(lead.pk)
    ]
    save(desk_of(people.editor), reverse("admin:articles_article_change", args=[article.pk]), lead_image=old.pk)
    article.refresh_from_db()
    assert article.lead_image == old


def test_two_contributors_of_one_name_are_told_apart(desk_of, people, article, desk_url):
    first = factories.Contributor.objects.create(name="Abel Zorn", slug="abel-zorn")
    second = factories.Contributor.objects.create(name="Abel Zorn", slug="abel-zorn-2")
    save(desk_of(people.writer), desk_url, **{"bylines-0-contributor": f"Abel Zorn #{second.pk}"})
    assert article.bylines.get().contributor == second
    shown = desk_of(people.writer).get(desk_url)
    assert fields(shown)["bylines-0-contributor"] == f"Abel Zorn #{second.pk}"
    save(desk_of(people.writer), desk_url, **{"bylines-0-contributor": "abel zorn"})
    assert article.bylines.get().contributor == first


def test_only_who_keeps_the_bylines_adds_a_name_to_them(desk_of, people, article, desk_url):
    words = text(save(desk_of(people.writer), desk_url, **{"bylines-0-contributor": "Nobody Yet (new)"}))
    assert "not in the vocabulary" in words
    save(desk_of(people.editor), desk_url, **{"bylines-0-contributor": "Nobody Yet (new)"})
    assert article.bylines.get().contributor.slug == "nobody-yet"
