"""The pages that compare revisions and editions, list them, and bring one back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.models import Article, Event, Revision, Source
from tests import factories
from tests.admin.pages import page, text


def url(article, name="compare", query=""):
    """The address of a page of the article."""
    return reverse(f"admin:articles_article_{name}", args=[article.pk]) + query


def change(article, by, **fields):
    """Save the article with other copy."""
    Article.objects.filter(pk=article.pk).update(**fields)
    return Article.objects.get(pk=article.pk).record_revision(by=by)


def restore(client, article, number, **extra):
    """Press the button."""
    version = Article.objects.get(pk=article.pk).version
    values = {"revision": number, "version": version, **extra}
    return client.post(url(article, "restore"), values, follow=True)


@pytest.fixture
def changed(article, people):
    """The article with a second and a third revision."""
    change(article, people.writer, headline="Port Selm opens again", body=article.body.replace("third", "fourth"))
    article.quotes.update(obtained_via="email")
    article.topics.add(factories.topic("Weather"))
    change(article, people.editor, kicker="Shipping")
    return article


def words_of(response, tag):
    """What stands in the elements of this name, without what only a screen reader says."""
    found = []
    for node in page(response).iter(tag):
        spoken = "".join(
            "".join(part.itertext()) for part in node.iter("span") if part.get("class") == "visually-hidden"
        )
        whole = "".join(node.itertext())
        found.append(whole.replace("[gone: ", "").replace("[new: ", "").replace("]", "") if spoken else whole)
    return found


def test_the_last_two_revisions_are_compared_when_none_is_named(desk_of, people, changed):
    response = desk_of(people.writer).get(url(changed))
    assert response.status_code == 200
    assert "Shipping" in words_of(response, "ins")
    assert "Weather" in words_of(response, "ins")
    assert "in a press conference" not in text(response)
    assert "at a press conference" in words_of(response, "del")
    assert "by e-mail" in words_of(response, "ins")
    assert "third" not in words_of(response, "del")


def test_any_two_are_compared_and_said_to_screen_readers(desk_of, people, changed):
    response = desk_of(people.writer).get(url(changed, query="?old=1&new=2"))
    assert "third" in words_of(response, "del")
    assert "fourth" in words_of(response, "ins")
    assert "[gone: third ]" in text(response)
    assert "[new: fourth ]" in text(response)
    chosen = [option.get("value") for option in page(response).iter("option") if option.get("selected") is not None]
    assert chosen == ["1", "2"]


def test_an_edition_is_compared_by_its_number(desk_of, people, article):
    factories.publish(article, people)
    article.revise(by=people.publisher)
    change(article, people.publisher, headline="Port Selm opens again")
    response = desk_of(people.publisher).get(url(article, query="?old=e1&new=2"))
    assert "Edition 1, first published" in text(response)
    assert "opens again" in words_of(response, "ins")


def test_same_versions_have_no_difference(desk_of, people, changed):
    assert "No difference." in text(desk_of(people.writer).get(url(changed, query="?old=2&new=2")))


def test_one_revision_says_what_to_do(desk_of, people, article):
    response = desk_of(people.writer).get(url(article))
    assert response.status_code == 200
    assert "There is one revision so far" in text(response)


def test_story_without_a_revision_says_so(desk_of, people, desk):
    bare = Article.objects.create(writer=people.writer, desk=desk, headline="Planned")
    assert "Nothing was saved yet" in text(desk_of(people.writer).get(url(bare)))
    assert "Nothing was saved yet" in text(desk_of(people.writer).get(url(bare, "revisions")))


@pytest.mark.parametrize("query", ["?old=9", "?new=e1", "?old=x&new=1", "?old=0", "?old=" + "9" * 5000])
def test_version_that_is_not_there_is_not_found(desk_of, people, changed, query):
    assert desk_of(people.writer).get(url(changed, query=query)).status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "9" * 500, "²"])
def test_page_that_is_not_there_is_not_found(desk_of, people, changed, before):
    assert desk_of(people.writer).get(url(changed, "revisions", f"?before={before}")).status_code == 404


@pytest.mark.parametrize("name", ["compare", "revisions"])
def test_story_one_may_not_read_looks_like_none(desk_of, people, changed, name):
    client = desk_of(people.outsider)
    hidden, unknown = client.get(url(changed, name)), client.get(url(Article(pk=99_999), name))
    assert hidden.status_code == unknown.status_code == 404
    assert text(hidden) == text(unknown)
    assert restore(client, changed, 1).status_code == 404
    assert desk_of(people.writer).get(url(changed, name)).status_code == 200


@pytest.mark.parametrize("name", ["compare", "revisions", "restore"])
def test_login_is_asked_for_when_nobody_is_logged_in(client, changed, name):
    response = client.post(url(changed, name)) if name == "restore" else client.get(url(changed, name))
    assert reverse("admin:login") in response["Location"]


def test_markup_of_the_copy_is_shown_and_never_run(desk_of, people, article):
    change(
        article,
        people.writer,
        headline="<script>alert(1)</script>",
        body="<p>&lt;script&gt;alert(2)&lt;/script&gt;</p>",
    )
    response = desk_of(people.writer).get(url(article))
    assert b"<script>alert" not in response.content
    assert "<script>alert(2)</script>" in "".join(words_of(response, "ins"))


def test_source_made_confidential_since_is_not_named(desk_of, people, article):
    article.attributions.all().delete()
    change(article, people.writer)
    address = url(article, query="?old=1&new=2")
    assert "Port authority statement" in text(desk_of(people.writer).get(address))
    Source.objects.update(is_confidential=True, actor=None)
    response = desk_of(people.writer).get(address)
    assert "Port authority statement" not in text(response)
    assert "a confidential source" in text(response)


def test_revisions_say_who_when_and_how_much_changed(desk_of, people, changed):
    words = text(desk_of(people.writer).get(url(changed, "revisions")))
    assert "Revision 3 stands now edda" in words
    assert "No word changed" not in words
    assert "1 word new, 0 gone" in words  # the kicker
    change(changed, people.editor, genre="analysis")
    assert "No word changed" in text(desk_of(people.writer).get(url(changed, "revisions")))


def test_revision_that_was_printed_says_so(desk_of, people, article):
    factories.publish(article, people)
    assert "Printed as Edition 1, first published" in text(desk_of(people.publisher).get(url(article, "revisions")))


def test_long_history_goes_on_by_key(desk_of, people, article):
    for number in range(24):
        change(article, people.writer, kicker=f"Kicker {number}")
    first = desk_of(people.writer).get(url(article, "revisions"))
    assert "Revision 6 " in text(first)
    assert "Revision 5 " not in text(first)
    rest = desk_of(people.writer).get(url(article, "revisions", "?before=6"))
    assert "Revision 5 " in text(rest)
    assert "Revision 1 " in text(rest)
    assert "Earlier revisions" not in text(rest)


@pytest.mark.parametrize("name", ["compare", "revisions"])
def test_queries_do_not_grow_with_the_revisions(desk_of, people, changed, name):
    client = desk_of(people.writer)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(url(changed, name))
    for number in range(8):
        change(changed, people.writer, kicker=f"Kicker {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(url(changed, name))
    assert len(many) <= len(few) <= 15


def test_earlier_revision_stands_again_when_it_is_restored(desk_of, people, changed):
    response = restore(desk_of(people.writer), changed, 1)
    assert response.redirect_chain[-1][0] == reverse("admin:articles_article_change", args=[changed.pk])
    assert "Revision 1 stands again, as revision 4." in text(response)
    changed.refresh_from_db()
    assert changed.headline == changed.revisions.get(number=1).document["headline"]
    assert Event.objects.get(verb="restore").by == people.writer
    history = desk_of(people.editor).get(reverse("admin:articles_article_history", args=[changed.pk]))
    assert "Earlier revision restored" in text(history)


def test_what_did_not_come_back_is_said(desk_of, people, article):
    topic = factories.topic("Weather")
    article.topics.add(topic)
    change(article, people.writer)
    article.topics.remove(topic)
    change(article, people.writer)
    topic.delete()
    response = restore(desk_of(people.writer), article, 2)
    assert "“Weather” is no longer in the vocabulary" in text(response)
    assert "The copy stands as in revision 2 already." in text(response)


def test_button_says_what_happens_and_is_not_there_for_who_may_not_edit(desk_of, people, changed):
    changed.submit(by=people.writer)
    for address in (url(changed, query="?old=1"), url(changed, "revisions"), revision_url(changed, 1)):
        assert "Restore revision 1" in text(desk_of(people.editor).get(address))
        for reader in (people.writer, people.reviewer):
            assert "Restore revision" not in text(desk_of(reader).get(address))
    words = text(desk_of(people.editor).get(url(changed, query="?old=1")))
    assert "What stands now stays in the history as revision 3." in words
    assert "The approval lapses" not in words
    changed.approve(by=people.reviewer)
    assert "The approval lapses" in text(desk_of(people.editor).get(url(changed, query="?old=1")))


def revision_url(article, number):
    """The page of one revision."""
    return reverse("admin:articles_revision_change", args=[article.revisions.get(number=number).pk])


def test_button_is_greyed_with_the_reason_when_readers_have_the_story(desk_of, people, changed):
    factories.publish(changed, people)
    response = desk_of(people.publisher).get(url(changed, query="?old=1"))
    [button] = [node for node in page(response).iter("button") if "Restore" in "".join(node.itertext())]
    assert button.get("disabled") is not None
    assert "begin a new draft first" in text(response)
    refused = restore(desk_of(people.publisher), changed, 1)
    assert "begin a new draft first" in text(refused)
    assert changed.revisions.count() == 3


def test_restoring_is_forbidden_for_who_only_reads(desk_of, people, changed):
    changed.submit(by=people.writer)
    assert restore(desk_of(people.reviewer), changed, 1).status_code == 403
    assert restore(desk_of(people.writer), changed, 1).status_code == 403
    assert restore(desk_of(people.editor), changed, 1).status_code == 200


def test_restoring_is_refused_when_the_story_was_saved_since(desk_of, people, changed):
    response = restore(desk_of(people.writer), changed, 1, version=changed.version - 1)
    assert "saved since you opened it" in text(response)
    assert changed.revisions.count() == 3


@pytest.mark.parametrize("number", ["", "x", "0", "99", "9" * 5000, "²"])
def test_revision_that_is_not_the_storys_is_not_found_when_posted(desk_of, people, changed, number):
    assert restore(desk_of(people.writer), changed, number).status_code == 404


def test_restoring_takes_no_get(desk_of, people, changed):
    assert desk_of(people.writer).get(url(changed, "restore")).status_code == 405
    assert Revision.objects.filter(article=changed).count() == 3


def test_writing_desk_leads_to_the_history(desk_of, people, changed, desk_url):
    links = {link.get("href") for link in page(desk_of(people.writer).get(desk_url)).iter("a")}
    assert {url(changed), url(changed, "revisions")} <= links
