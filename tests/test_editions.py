"""After the first edition: corrections, addresses, what the record of an edition says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import press, tagging
from articles.models import Article, Correction, Edition, Story, StoryAddress
from articles.workflow import MoveNotAllowed, Status
from tests import factories

PUBLIC_NOTES = {
    "correction": {"wrong": "It said a buoy.", "right": "It was a boat."},
    "clarification": {"note": "The channel is the northern one."},
    "editors_note": {"note": "The harbour master is a cousin of our owner."},
    "update": {"note": "Adds the reopening."},
}


def again(article, people, *, kind="update", **options):
    """Take a published story through another edition; `copy` is what is changed in it."""
    copy = options.pop("copy", {"kicker": f"Edition {article.editions.count() + 1}"})
    article.refresh_from_db()
    article.revise(by=people.publisher)
    Article.objects.filter(pk=article.pk).update(**copy)
    article.refresh_from_db()
    article.record_revision(by=people.editor)
    return factories.publish(article, people, kind=kind, **options)


def listed():
    """What `/corrections/` has to say, newest first."""
    return list(Correction.objects.values("id", "story", "edition_number", "kind", "note", "wrong", "right", "at"))


# --- corrections ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PUBLIC_NOTES)
def test_an_edition_that_says_something_of_the_one_before_is_listed(kind, story, article, people):
    again(article, people, kind=kind, **PUBLIC_NOTES[kind])
    edition = Edition.objects.get(number=2)
    assert edition.kind == kind
    expected = [] if kind == "update" else [(edition.pk, kind, edition.note, edition.wrong, edition.right)]
    assert [tuple(row[name] for name in ("id", "kind", "note", "wrong", "right")) for row in listed()] == expected


@pytest.mark.parametrize("kind", ["correction", "clarification", "editors_note"])
def test_what_readers_have_to_be_told_is_asked_for_at_publication_and_at_scheduling(kind, story, article, people):
    with pytest.raises(MoveNotAllowed):
        again(article, people, kind=kind)
    article.refresh_from_db()
    assert article.status == Status.APPROVED
    when = timezone.now() + timedelta(hours=1)
    with pytest.raises(MoveNotAllowed):
        article.schedule(by=people.publisher, publish_at=when, kind=kind)
    article.schedule(by=people.publisher, publish_at=when, kind=kind, **PUBLIC_NOTES[kind])
    assert press.release_due(when).editions[0].kind == kind


def test_a_withdrawn_story_is_listed_with_its_note_and_nothing_else(story, article, people):
    again(article, people, kind="correction", **PUBLIC_NOTES["correction"])
    press.withdraw(article, by=people.publisher, note="The letter was forged.")
    assert [(row["kind"], row["note"]) for row in listed()] == [("withdrawal", "The letter was forged.")]
    again(article, people, note="The letter was real after all.")
    assert [row["kind"] for row in listed()] == ["withdrawal", "correction"]
    assert [note["kind"] for note in Story.objects.get().notes] == ["restoration", "withdrawal", "correction"]


def test_printing_again_lists_the_same(story, article, people):
    for kind, words in PUBLIC_NOTES.items():
        again(article, people, kind=kind, copy={"slug": f"slug-{kind}".replace("_", "-")}, **words)
    before = listed(), list(StoryAddress.objects.order_by("slug").values())
    assert press.reprint() == 1
    assert (listed(), list(StoryAddress.objects.order_by("slug").values())) == before
    Story.objects.all().delete()
    assert not Correction.objects.exists()
    assert press.reprint() == 1
    assert (listed(), list(StoryAddress.objects.order_by("slug").values())) == before
    assert len(before[0]) == 3
    assert len(before[1]) == 4


# --- R31 ------------------------------------------------------------------------------------------------------------


def test_a_changed_figure_is_published_as_a_correction_alone(story, article, people):
    body = factories.BODY.replace("third day", "3 days") + "<p>It cost 40 crowns.</p>"
    again(article, people, copy={"body": body})
    with pytest.raises(MoveNotAllowed, match="R31"):
        again(article, people, copy={"body": body.replace("40", "50")})
    article.refresh_from_db()
    assert article.status == Status.APPROVED  # the approval does not ask what it will be published as
    when = timezone.now() + timedelta(hours=1)
    with pytest.raises(MoveNotAllowed, match="R31"):
        article.schedule(by=people.publisher, publish_at=when)
    with pytest.raises(MoveNotAllowed, match="what was wrong"):
        press.publish(article, by=people.publisher, kind="correction")
    assert Edition.objects.count() == 2
    press.publish(article, by=people.publisher, kind="correction", wrong="It said 40.", right="It cost 50 crowns.")
    assert Story.objects.get().corrections[0]["right"] == "It cost 50 crowns."
    assert Article.objects.get().blockers == 0


def test_a_restored_story_is_measured_by_nothing(story, article, people):
    press.withdraw(article, by=people.publisher, note="In error.")
    restored = again(article, people, copy={"headline": "Port Selm harbour stays closed, day 9"}, note="Put right.")
    assert (restored.edition_kind, restored.headline[-1]) == ("restoration", "9")


def test_a_speaker_merged_into_another_actor_is_no_other_speaker(story, article, people):
    old, new = factories.actor(), factories.actor("Ilse Maran-Voss")
    tagging.merge(old, new, by=people.publisher)
    article.refresh_from_db()
    assert article.quotes.get().speaker == new
    assert [finding.code for finding in article.preflight()] == []


# --- addresses ------------------------------------------------------------------------------------------------------


def test_an_old_address_leads_to_the_new_one(client, story, article, people):
    old = story.get_absolute_url()
    moved = again(article, people, copy={"slug": "harbour-opens"})
    new = moved.get_absolute_url()
    assert new == old.replace(story.slug, "harbour-opens")
    assert moved.published_at == story.published_at
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200
    third = again(article, people, copy={"slug": "harbour-open-again"}).get_absolute_url()
    for address in (old, new):
        assert client.get(address)["Location"] == third
    assert not client.get("/2026/01/01/never-was/").has_header("Location")


def test_an_address_that_is_taken_up_again_answers_itself(client, story, article, people):
    old = story.get_absolute_url()
    again(article, people, copy={"slug": "harbour-opens"})
    again(article, people, copy={"slug": story.slug})
    assert client.get(old).status_code == 200
    assert [row.slug for row in StoryAddress.objects.all()] == ["harbour-opens"]


def test_old_addresses_of_a_withdrawn_story_lead_to_its_note(client, story, article, people):
    old = story.get_absolute_url()
    again(article, people, copy={"slug": "harbour-opens"})
    press.withdraw(article, by=people.publisher, note="The letter was forged.")
    response = client.get(old, follow=True)
    assert response.redirect_chain == [(old.replace(story.slug, "harbour-opens"), 301)]
    assert response.status_code == 410
    assert "The letter was forged." in response.content.decode()


def test_readers_keep_the_address_while_a_draft_has_another(client, story, article, people):
    article.revise(by=people.publisher)
    Article.objects.filter(pk=article.pk).update(slug="secret-slug")
    article.refresh_from_db()
    article.record_revision(by=people.publisher)
    assert client.get(story.get_absolute_url()).status_code == 200
    hidden, never = (story.get_absolute_url().replace(story.slug, slug) for slug in ("secret-slug", "never-was"))
    assert client.get(hidden).status_code == client.get(never).status_code == 404


def test_an_address_that_another_story_once_had_is_taken(story, article, people, desk):
    again(article, people, copy={"slug": "harbour-opens"})
    other = factories.article(people.writer, desk, slug=story.slug)
    with pytest.raises(MoveNotAllowed, match="R33"):
        factories.approve(other, people)
    Article.objects.filter(pk=other.pk).update(slug="a-slug-of-its-own")
    other.refresh_from_db()
    other.record_revision(by=people.writer)
    other.approve(by=people.reviewer)


# --- who approved it ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("four_eyes", [True, False])
def test_an_edition_that_only_its_writer_approved_says_so(four_eyes, settings, article, people):
    settings.NEWSROOM_FOUR_EYES = four_eyes
    article.writer = people.publisher
    article.save()
    article.submit(by=people.publisher)
    if four_eyes:
        with pytest.raises(MoveNotAllowed, match="your own work"):
            article.approve(by=people.publisher)
    article.approve(by=people.reviewer if four_eyes else people.publisher)
    assert press.publish(article, by=people.publisher).is_self_approved is not four_eyes
