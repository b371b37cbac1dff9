"""The review page: who sees it, what it shows, what its forms do, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import anchoring, commenting
from articles.models import Article, Comment, ReviewLook
from tests import factories
from tests.admin.pages import page, text


@pytest.fixture
def in_review(article, people):
    """The draft, given to the reviewers."""
    article.submit(by=people.writer)
    return article


@pytest.fixture
def url(article):
    """Its review page."""
    return reverse("admin:articles_article_review", args=[article.pk])


def to(article):
    """Where notes are sent."""
    return reverse("admin:articles_article_note", args=[article.pk])


def settle(comment):
    """Where a decision on a note is sent."""
    return reverse("admin:articles_article_note_settle", args=[comment.article_id, comment.pk])


def note(article, by, words="stayed closed", **values):
    """A note on words of the body."""
    start = article.text().index(words)
    place = anchoring.make(article.text(), start, start + len(words))
    return commenting.add(article, **{"text": "Is that so?", "author": by, "field": "body", "anchor": place, **values})


def elements(response, name, **attributes):
    """The elements of a page that have these attributes."""
    return [
        each
        for each in page(response).iter(name)
        if all(each.get(key.rstrip("_").replace("_", "-")) == value for key, value in attributes.items())
    ]


# --- who ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["outsider", "admin"])
def test_the_page_and_all_its_addresses_do_not_exist_for_who_may_not_read_the_story(
    in_review, url, desk_of, people, who
):
    thread = note(in_review, people.reviewer)
    client = desk_of(getattr(people, who))
    assert client.get(url).status_code == 404
    assert client.get(reverse("admin:articles_article_people", args=[in_review.pk])).status_code == 404
    assert client.post(to(in_review), {"kind": "comment", "text": "x"}).status_code == 404
    assert client.post(settle(thread), {"decision": "resolve"}).status_code == 404
    assert (
        client.post(reverse("admin:articles_article_review_read", args=[in_review.pk]), {"revision": "1"}).status_code
        == 404
    )
    assert Comment.objects.get().state == "open"


def test_a_stranger_is_asked_to_log_in(client, url, in_review):
    assert client.get(url)["Location"].startswith(reverse("admin:login"))
    assert client.post(to(in_review), {"kind": "comment", "text": "x"}).status_code == 302
    assert not Comment.objects.exists()


def test_a_note_of_another_story_is_not_found_when_its_key_is_forged(in_review, desk_of, people):
    other = factories.article(people.outsider)
    thread = commenting.add(other, text="x", author=people.outsider)
    client = desk_of(people.reviewer)
    forged = reverse("admin:articles_article_note_settle", args=[in_review.pk, thread.pk])
    assert client.post(forged, {"decision": "resolve"}).status_code == 404
    assert client.post(to(in_review), {"kind": "comment", "text": "x", "thread": thread.pk}).status_code == 404
    assert Comment.objects.get().state == "open"


# --- what it shows --------------------------------------------------------------------------------------------


def test_the_story_is_shown_as_readers_will_see_it_with_the_words_marked(in_review, url, desk_of, people):
    thread = note(in_review, people.writer)
    response = desk_of(people.reviewer).get(url)
    assert len(elements(response, "h1")) == 1
    (mark,) = elements(response, "a", href=f"#note-{thread.pk}")
    assert "".join(mark.itertext()) == "stayed closed"
    (link,) = elements(response, "a", data_at=str(thread.pk))
    assert link.get("href") == f"#{mark.get('id')}"
    assert elements(response, "aside", class_="quote-card")
    assert "Receipt" in text(response)


def test_notes_that_share_words_are_both_found_from_the_text(in_review, url, desk_of, people):
    wide = note(in_review, people.writer, "Selm stayed closed for")
    narrow = note(in_review, people.editor, "stayed closed")
    response = desk_of(people.reviewer).get(url)
    over = [each for each in page(response).iter("a") if str(wide.pk) in (each.get("data-notes") or "").split()]
    assert " ".join("".join("".join(each.itertext()) for each in over).split()) == "Selm stayed closed for"
    (inner,) = elements(response, "a", href=f"#note-{narrow.pk}")
    assert set(inner.get("data-notes").split()) == {str(wide.pk), str(narrow.pk)}
    ids = [each.get("id") for each in page(response).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_a_mark_over_quoted_words_and_over_the_headline_keeps_both(in_review, url, desk_of, people):
    note(in_review, people.writer, "said on Monday")
    note(in_review, people.writer, "before the channel is swept,” the harbour")
    commenting.add(
        in_review, text="Flat.", author=people.writer, field="headline", anchor=anchoring.Anchor("stays closed")
    )
    response = desk_of(people.reviewer).get(url)
    (heading,) = elements(response, "h1")
    assert [each.get("data-notes") is not None for each in heading.iter("a")] == [True]
    assert "".join(heading.itertext()) == in_review.headline
    body = next(each for each in page(response).iter("div") if each.get("class") == "story__body")
    assert [each for each in body.iter("span") if each.get("class") == "quoted"]


def test_words_that_are_gone_are_said_to_be_gone_and_still_shown(article, url, desk_of, people):
    note(article, people.writer, "third day")
    Article.objects.filter(pk=article.pk).update(body=article.body.replace("third day", "fourth day"))
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    response = desk_of(people.writer).get(url)
    assert "The words are gone" in text(response)
    assert "third day" in text(response)
    assert not elements(response, "a", class_="note-mark note-mark--comment")


def test_hostile_words_are_shown_and_never_run(in_review, url, desk_of, people):
    hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">"\'&amp;'
    note(in_review, people.writer, text=hostile)
    note(in_review, people.writer, "Ships waited", kind="suggestion", replacement=hostile, text=hostile)
    Article.objects.filter(pk=in_review.pk).update(headline=hostile, standfirst=hostile)
    in_review.refresh_from_db()
    in_review.record_revision(by=people.writer)
    commenting.add(in_review, text="x", author=people.writer, field="headline", anchor=anchoring.Anchor("alert(1)"))
    response = desk_of(people.reviewer).get(url)
    assert hostile in text(response)
    assert not [each for each in page(response).iter("script") if "alert" in "".join(each.itertext())]
    assert not [each for each in page(response).iter() if each.get("onerror")]


def test_what_changed_since_the_last_look_is_shown_until_it_is_read(in_review, url, desk_of, people):
    client = desk_of(people.editor)
    assert "What changed since" not in text(client.get(url))
    in_review.body = in_review.body.replace("third day", "fourth day")
    in_review.save()
    in_review.record_revision(by=people.editor)
    for _again in range(2):
        response = client.get(url)
        assert "What changed since you looked at Revision 1" in text(response)
        assert "fourth" in "".join(elements(response, "ins")[0].itertext())
    client.post(reverse("admin:articles_article_review_read", args=[in_review.pk]), {"revision": "2"})
    assert "What changed since" not in text(client.get(url))
    assert ReviewLook.objects.get().revision.number == 2
    bad = client.post(reverse("admin:articles_article_review_read", args=[in_review.pk]), {"revision": "99"})
    assert bad.status_code == 404


def test_the_decisions_are_those_of_the_table_and_come_back_here(in_review, url, desk_of, people):
    response = desk_of(people.reviewer).get(url)
    forms = {each.get("id") for each in page(response).iter("form")}
    assert {"move-approve", "move-return_to_writer", "move-place_hold"} <= forms
    assert "move-approve" not in {each.get("id") for each in page(desk_of(people.writer).get(url)).iter("form")}
    move = reverse("admin:articles_article_move", args=[in_review.pk])
    values = {"version": in_review.version, "next": url}
    answer = desk_of(people.reviewer).post(move, {**values, "verb": "approve"})
    assert answer["Location"] == url
    assert "Approved by rhea" in text(desk_of(people.reviewer).get(url))


def test_whoever_loses_sight_of_the_story_by_a_decision_is_taken_home(in_review, url, desk_of, people):
    move = reverse("admin:articles_article_move", args=[in_review.pk])
    values = {"version": in_review.version, "next": url, "verb": "return_to_writer", "note": "More voices."}
    answer = desk_of(people.reviewer).post(move, values)
    assert Article.objects.get().status == "changes_asked"
    assert answer["Location"] == reverse("admin:index")


# --- writing --------------------------------------------------------------------------------------------------


def test_a_note_on_pasted_words_needs_no_script(in_review, url, desk_of, people):
    client = desk_of(people.reviewer)
    values = {"kind": "source_query", "exact": "Ships waited off the breakwater", "field": "body"}
    answer = client.post(to(in_review), values)
    thread = Comment.objects.get()
    assert answer["Location"] == f"{url}#note-{thread.pk}"
    assert (thread.kind, thread.author, thread.suffix[:14]) == ("source_query", people.reviewer, ", port records")
    client.post(to(in_review), {"kind": "comment", "text": "By whom?", "thread": thread.pk})
    assert "By whom?" in text(client.get(url))


def test_a_refused_note_keeps_what_was_typed(in_review, desk_of, people):
    client = desk_of(people.reviewer)
    values = {"kind": "suggestion", "exact": "no such words", "field": "body", "replacement": "Better", "text": "Hm."}
    response = client.post(to(in_review), values)
    assert response.status_code == 422
    assert "These words do not stand there now" in text(response)
    areas = {
        each.get("name"): "".join(each.itertext()).strip() for each in elements(response, "form")[-1].iter("textarea")
    }
    written = {each.get("id"): "".join(each.itertext()).strip() for each in page(response).iter("textarea")}
    assert (written["note-exact"], written["note-replacement"], written["note-text"]) == (
        "no such words",
        "Better",
        "Hm.",
    )
    assert areas is not None
    assert not Comment.objects.exists()


@pytest.mark.parametrize("kind", ["update", "correction", "withdrawal"])
def test_proposals_to_the_publisher_are_forbidden_to_who_may_not_make_them(story, article, desk_of, people, kind):
    values = {"kind": kind, "text": "Monday", "replacement": "Tuesday"}
    assert desk_of(people.publisher).post(to(article), values).status_code == 403
    assert not Comment.objects.exists()
    assert desk_of(people.writer).post(to(article), values).status_code == 302
    thread = Comment.objects.get()
    assert desk_of(people.writer).post(settle(thread), {"decision": "resolve"}).status_code == 403
    assert desk_of(people.publisher).post(settle(thread), {"decision": "resolve"}).status_code == 302
    assert Comment.objects.get().state == "resolved"


def test_a_correction_is_offered_of_a_live_story_alone(article, url, desk_of, people):
    client = desk_of(people.writer)
    assert "Propose a correction" not in text(client.get(url))
    factories.publish(article, people)
    assert "Propose a correction" in text(client.get(url))
    assert "Propose a correction" not in text(desk_of(people.publisher).get(url))


def test_a_forged_kind_or_decision_is_not_found(in_review, desk_of, people):
    client = desk_of(people.reviewer)
    assert client.post(to(in_review), {"kind": "decree", "text": "x"}).status_code == 404
    assert client.post(settle(note(in_review, people.reviewer)), {"decision": "burn"}).status_code == 404


def test_names_are_offered_to_who_writes_notes_and_only_of_readers(in_review, desk_of, people):
    address = reverse("admin:articles_article_people", args=[in_review.pk])

    def found(words):
        answer = desk_of(people.reviewer).get(address, {"q": words}).json()
        return [each["username"] for each in answer["results"]]

    assert found("w") == ["wren"]
    assert found("o") == []  # otto may not read it
    assert found("@RH") == ["rhea"]
    assert set(found("")) == {"wren", "edda", "rhea", "pablo"}


# --- suggestions ----------------------------------------------------------------------------------------------


def test_a_suggestion_is_accepted_in_one_click_once_the_story_is_back(in_review, url, desk_of, people):
    thread = note(in_review, people.reviewer, kind="suggestion", replacement="remained shut", text="")
    writer = desk_of(people.writer)
    assert "once it is back with you" in text(writer.get(url))
    writer.post(settle(thread), {"decision": "accept"})
    assert Comment.objects.get().state == "open"
    in_review.return_to_writer(by=people.reviewer, note="See my note.")
    answer = writer.post(settle(thread), {"decision": "accept", "back": "desk"})
    assert answer["Location"] == reverse("admin:articles_article_change", args=[in_review.pk])
    assert "remained shut" in Article.objects.get().body
    assert desk_of(people.outsider).post(settle(thread), {"decision": "accept"}).status_code == 404


def test_it_is_said_before_accepting_that_a_quote_will_drift(article, url, desk_of, people):
    note(article, people.editor, "before the channel is swept", kind="suggestion", replacement="soon", text="")
    assert "changes words of a recorded quote" in text(desk_of(people.writer).get(url))


# --- the writing desk -----------------------------------------------------------------------------------------


def test_open_notes_stand_on_the_writing_desk_with_their_buttons(article, desk_url, desk_of, people):
    thread = note(article, people.editor, kind="suggestion", replacement="remained shut", text="Livelier.")
    response = desk_of(people.writer).get(desk_url)
    assert "Livelier." in text(response)
    buttons = [each for each in page(response).iter("button") if each.get("formaction") == settle(thread)]
    assert [each.get("value") for each in buttons] == ["accept", "reject"]
    assert {each.get("form") for each in buttons} == {"note-form"}


def test_who_only_reads_is_led_to_the_review_page(in_review, desk_url, url, desk_of, people):
    links = [each.get("href") for each in page(desk_of(people.reviewer).get(desk_url)).iter("a")]
    assert url in links


# --- what it costs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["reviewer", "editor", "publisher", "writer"])
def test_the_page_costs_at_most_fifteen_queries_however_much_is_discussed(in_review, url, desk_of, people, who):
    client = desk_of(getattr(people, who))
    client.get(url)

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url).status_code == 200
        return len(queries), [query["sql"][:140] for query in queries]

    note(in_review, people.writer)
    in_review.body += "<p>More words.</p>"
    in_review.save()
    in_review.record_revision(by=people.editor)
    one, _sql = cost()
    for number in range(6):
        thread = note(in_review, people.editor, "Ships waited", text=f"note {number}")
        commenting.add(in_review, text="reply", author=people.writer, thread=thread)
        note(in_review, people.reviewer, kind="suggestion", replacement=f"words {number}")
    many, sql = cost()
    assert many == one
    assert many <= 15, "\n".join(sql)
