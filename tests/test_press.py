"""The press: what is printed, when, and that printing again prints the same."""

import pytest

from articles import press
from articles.models import (
    Actor,
    Article,
    Edition,
    Source,
    Story,
    StoryActor,
    StoryImage,
    StoryQuote,
    StoryTopic,
)
from articles.models.events import AppendOnlyError
from articles.models.quotes import anchor_quotes
from articles.workflow import MoveNotAllowed, Status
from tests import factories

PRINTED = (Story, StoryQuote, StoryActor, StoryTopic, StoryImage)


def printed_rows():
    """Everything readers have, without the numbers of link rows."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "id" or model in (Story, StoryQuote)}
            for row in model.objects.order_by("pk").values()
        ]
        for model in PRINTED
    }


def test_nothing_is_printed_before_publication(article, people):
    factories.approve(article, people)
    assert all(not model.objects.exists() for model in PRINTED)


def test_publishing_prints_story_quotes_and_tags(article, people):
    story = factories.publish(article, people)
    assert Article.objects.get().status == Status.PUBLISHED
    assert (story.headline, story.edition_number, story.edition_kind) == (article.headline, 1, "first")
    assert [byline["name"] for byline in story.bylines] == ["Wren"]
    assert story.section == {"name": "World", "slug": "world"}
    quote = StoryQuote.objects.get()
    assert (quote.speaker.name, quote.role, quote.text) == ("Ilse Maran", "harbour master", factories.WORDS)
    assert f'id="q-{quote.pk}"' in story.body
    assert f'id="card-{quote.pk}"' in story.body
    assert story.sources[0]["is_named"]


def test_a_live_story_does_not_change_while_its_draft_does(article, people):
    story = factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.editor)
    article.headline = "SECRET new headline"
    article.body += "<p>SECRET</p>"
    article.save()
    article.record_revision(by=people.editor)
    assert Story.objects.get().headline == story.headline
    press.reprint()
    assert "SECRET" not in str(printed_rows())


def test_an_update_is_a_new_edition_at_the_same_address(article, people):
    first = factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    article.headline = "Harbour reopens"
    article.save()
    article.record_revision(by=people.writer)
    second = factories.publish(article, people, note="Adds the reopening.")
    assert second.get_absolute_url() == first.get_absolute_url()
    assert second.published_at == first.published_at
    assert (second.edition_number, second.edition_kind, second.headline) == (2, "update", "Harbour reopens")
    assert [note["text"] for note in second.notes] == ["Adds the reopening."]
    assert Edition.objects.count() == 2


def test_a_correction_says_what_was_wrong_and_what_is_right(article, people):
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    factories.approve(article, people)
    with pytest.raises(MoveNotAllowed, match="what was wrong"):
        press.publish(article, by=people.publisher, kind="correction")
    assert Edition.objects.count() == 1
    assert Article.objects.get().status == Status.APPROVED
    press.publish(article, by=people.publisher, kind="correction", wrong="It said day four.", right="It is day three.")
    note = Story.objects.get().corrections[0]
    assert (note["wrong"], note["right"]) == ("It said day four.", "It is day three.")


def test_withdrawal_leaves_nothing_but_the_note(article, people):
    article.lead_image = factories.image()
    article.save()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    press.withdraw(article, by=people.publisher, note="Published in error.")
    story = Story.objects.get()
    assert (story.is_withdrawn, story.withdrawal_note) == (True, "Published in error.")
    assert (story.headline, story.standfirst, story.body, story.actors, story.picture) == ("", "", "", [], None)
    assert not any(model.objects.exists() for model in PRINTED[1:])
    assert not Story.objects.published().exists()


def test_a_withdrawn_story_can_be_restored_as_a_new_edition(article, people):
    factories.publish(article, people)
    press.withdraw(article, by=people.publisher, note="Under review.")
    article.refresh_from_db()
    article.revise(by=people.publisher)
    story = factories.publish(article, people, note="Checked and restored.")
    assert not story.is_withdrawn
    assert [edition.kind for edition in Edition.objects.all()] == ["first", "withdrawal", "restoration"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda article: article.quotes.all().delete(), "R1"),
        (lambda article: Article.objects.filter(pk=article.pk).update(body="<p>Other words.</p>"), "R2"),
        (lambda article: article.quotes.update(speaker=None), "R3"),
        (lambda article: article.quotes.update(attribution=None), "R4"),
        (lambda article: article.attributions.update(wording="sources"), "R13"),
        (lambda article: article.attributions.update(wording="three dockers"), "R14"),
        (lambda article: Article.objects.filter(pk=article.pk).update(standfirst=""), "R33"),
    ],
)
def test_blocking_checks_refuse_publication_and_change_nothing(spoil, code, article, people):
    spoil(article)
    article = Article.objects.get()
    article.record_revision(by=people.writer)
    Article.objects.update(status=Status.APPROVED, approved_revision=article.revisions.first())
    with pytest.raises(MoveNotAllowed, match=f"{code}:"):
        press.publish(Article.objects.get(), by=people.publisher)
    assert not Edition.objects.exists()
    assert not Story.objects.exists()
    assert Article.objects.get().status == Status.APPROVED
    Article.objects.update(status=Status.IN_REVIEW)
    with pytest.raises(MoveNotAllowed, match=f"{code}:"):
        Article.objects.get().approve(by=people.reviewer)


def test_a_slug_in_print_cannot_be_used_again(story, people, desk):
    second = factories.article(people.writer, desk, slug=story.slug)
    with pytest.raises(MoveNotAllowed, match="R33"):
        factories.approve(second, people)


def test_printing_again_gives_the_same_rows(people, desk):
    for number in range(3):
        article = factories.article(people.writer, desk)
        article.lead_image = factories.image()
        article.save()
        article.record_revision(by=people.writer)
        factories.publish(article, people)
        if number == 2:
            press.withdraw(article, by=people.publisher, note="In error.")
    before = printed_rows()
    assert press.reprint() == 3
    assert printed_rows() == before
    for model in reversed(PRINTED):
        model.objects.all().delete()
    assert press.reprint() == 3
    assert printed_rows() == before


def test_a_renamed_actor_is_printed_under_the_new_name(story):
    actor = Actor.objects.get()
    actor.name = "Ilse Maran-Voss"
    actor.save()
    assert press.reprint_tagged(actor) == 1
    renamed = Story.objects.get()
    assert renamed.actors[0]["name"] == "Ilse Maran-Voss"
    assert "Ilse Maran-Voss" in renamed.body


def test_topics_above_are_printed_as_indirect(article, people):
    parent = factories.topic("Economy")
    child = factories.topic("Shipping")
    child.parent = parent
    child.save()
    factories.publish(article, people)
    assert {row.tag.name: row.is_direct for row in StoryTopic.objects.all()} == {"Shipping": True, "Economy": False}


def test_the_name_of_a_confidential_source_is_nowhere_in_print(article, people):
    source = factories.attribution(
        article,
        label="CANARY working label",
        source_is_confidential=True,
        source_url="https://example.org/CANARY",
        wording="a docker who was there",
        basis="background",
        anonymity_reason="employment",
    )
    article.body += "<p>“They told us to say nothing,” a docker who was there said.</p>"
    article.save()
    factories.quote(article, "They told us to say nothing", attribution=source, speaker_mention="a docker")
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert "CANARY" not in str(printed_rows())
    assert "CANARY" not in str(Edition.objects.get().revision.document)
    assert "risk to their job" in str(printed_rows())


def test_deep_background_is_never_printed(article, people):
    factories.attribution(article, label="CANARY", basis="deep_background", wording="")
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    assert "CANARY" not in str(printed_rows())


def test_editions_are_never_changed_or_deleted(story):
    edition = Edition.objects.get()
    edition.note = "rewritten"
    with pytest.raises(AppendOnlyError):
        edition.save()
    with pytest.raises(AppendOnlyError):
        edition.delete()


def test_publishing_is_all_or_nothing_when_the_printing_fails(article, people, monkeypatch):
    factories.approve(article, people)

    def jam(*_args):
        raise RuntimeError("paper jam")

    monkeypatch.setattr(press.rows, "put", jam)
    with pytest.raises(RuntimeError):
        press.publish(article, by=people.publisher)
    assert not Edition.objects.exists()
    assert Article.objects.get().status == Status.APPROVED


def test_publishing_costs_the_same_however_many_stories_there_are(people, desk, django_assert_max_num_queries):
    articles = [factories.article(people.writer, desk) for _ in range(4)]
    for article in articles[:3]:
        factories.publish(article, people)
    factories.approve(articles[3], people)
    with django_assert_max_num_queries(74):
        press.publish(articles[3], by=people.publisher)


def test_a_source_made_confidential_after_the_approval_is_not_printed_by_name(article, people):
    factories.approve(article, people)
    Source.objects.update(actor=None, is_confidential=True)
    with pytest.raises(MoveNotAllowed, match="approved again"):
        press.publish(article, by=people.publisher)
    assert not Story.objects.exists()
    again = Article.objects.get()
    again.record_revision(by=people.publisher)
    assert Article.objects.get().status == Status.IN_REVIEW


def test_every_part_of_a_split_quote_leads_to_its_card(article, people):
    article.body += "<p>“Nobody told us why,” the harbour master said, “and nobody asked us.”</p>"
    article.save()
    quote = factories.quote(
        article,
        "Nobody told us why,",
        segments=[{"text": "and nobody asked us.", "prefix": "", "suffix": ""}],
        original_text="Nobody told us why, and nobody asked us.",
        attribution=article.attributions.get(),
        speaker=factories.actor(),
        role="harbour master",
    )
    anchor_quotes(article)
    article.record_revision(by=people.writer)
    body = factories.publish(article, people).body
    link = f'href="#card-{quote.pk}"'
    assert f'{link} id="q-{quote.pk}">Nobody told us why,</a>' in body
    assert f"{link}>and nobody asked us.</a>" in body
    assert StoryQuote.objects.get(pk=quote.pk).text == "Nobody told us why, … and nobody asked us."
