"""What readers are shown of the editions of a story."""

import pytest

from articles import histories, markup, press
from articles.models import Story, StoryEdition
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = ("after", "of", "rain", "with", "wind", "and", "fog", "or", "hail", "in", "port")


@pytest.fixture
def again(people, article):
    """`again(old, new, **how)` prints the article once more with other words in its body."""

    def publish(old, new, **how):
        article.refresh_from_db()
        article.revise(by=people.editor)
        assert old in article.body
        article.body = article.body.replace(old, new)
        article.save()
        article.record_revision(by=people.editor)
        factories.approve(article, people)
        press.publish(article, by=people.publisher, **how)
        return Story.objects.get(pk=article.pk)

    return publish


def history(client, story, **query):
    return client.get(story.get_history_url(), query)


def test_words_that_came_and_went_are_shown_when_there_was_an_update(client, people, article, again):
    factories.publish(article, people)
    page = history(client, again("a third day", "a fourth day", note="One more day.")).content.decode()
    assert "<del>" in page
    assert "third</del>" in page.replace('<span class="unseen">]</span>', "")
    assert "fourth</ins>" in page.replace('<span class="unseen">]</span>', "")
    assert "One more day." in page
    assert "As first published." in page


def test_correction_leads_to_the_words_that_changed_when_it_is_listed(client, people, article, again):
    factories.publish(article, people)
    story = again("a third day", "a fourth day", kind="correction", wrong="The third.", right="The fourth.")
    place = f'{story.get_history_url()}#edition-2"'
    assert place in client.get("/corrections/").content.decode()
    assert 'id="edition-2"' in history(client, story).content.decode()
    press.withdraw(article, by=people.publisher, note="We were wrong.")
    assert place not in client.get("/corrections/").content.decode()


def test_first_edition_has_a_page_of_its_own_when_it_is_the_only_one(client, story):
    page = history(client, story).content.decode()
    assert "As first published." in page
    assert "<del>" not in page


def test_draft_is_nowhere_in_the_history_when_one_waits(client, people, article, again):
    factories.publish(article, people)
    story = again("a third day", "a fourth day")
    article.refresh_from_db()
    article.revise(by=people.editor)
    article.body = article.body.replace("a fourth day", "a canary day")
    article.save()
    article.record_revision(by=people.editor)
    press.reprint([article.pk])
    assert "canary" not in history(client, story).content.decode()


def test_text_is_gone_from_the_history_when_the_story_was_withdrawn(client, people, article, again):
    factories.publish(article, people)
    story = again("a third day", "a fourth day")
    press.withdraw(article, by=people.publisher, note="We were wrong.")
    answer = history(client, story)
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "third" not in page
    assert "fourth" not in page
    assert not StoryEdition.objects.filter(story=article.pk).exists()


def test_withdrawn_words_stay_gone_when_the_story_is_restored(client, people, article, again):
    factories.publish(article, people)
    again("a third day", "a secret day")
    press.withdraw(article, by=people.publisher, note="We were wrong.")
    story = again("a secret day", "a fourth day")
    page = history(client, story).content.decode()
    assert "secret" not in page
    assert "third" not in page
    assert "We were wrong." in page
    later = again("a fourth day", "a fifth day")
    page = history(client, later).content.decode()
    assert "fourth" in page
    assert "secret" not in page


def test_note_of_a_minor_fix_is_not_told_when_readers_were_not_told_it(people, article):
    story = factories.publish(article, people, note="for the desk only")
    assert story.edition_rows.get().note == ""


def test_history_is_the_same_when_printed_again(people, article, again):
    factories.publish(article, people)
    again("a third day", "a fourth day")
    before = list(StoryEdition.objects.order_by("pk").values())
    press.reprint()
    assert list(StoryEdition.objects.order_by("pk").values()) == before


def test_only_the_newest_edition_is_compared_when_one_more_is_printed(people, article, again, monkeypatch):
    compared = []
    told = histories._told
    monkeypatch.setattr(histories, "_told", lambda difference: compared.append(difference) or told(difference))
    factories.publish(article, people)
    again("a third day", "a grey day")
    again("a grey day", "a blue day")
    assert len(compared) == 2
    press.reprint([article.pk])
    assert len(compared) == 4


def test_history_pages_when_there_are_many_editions(client, people, article, again):
    story = factories.publish(article, people)
    for number in range(11):
        story = again(f"day {WORDS[number - 1]}" if number else "a third day", f"day {WORDS[number]}")
    first = history(client, story)
    assert [row.number for row in first.context["page"].rows] == list(range(12, 2, -1))
    second = history(client, story, before=first.context["page"].next_key)
    assert [row.number for row in second.context["page"].rows] == [2, 1]


def test_history_takes_two_queries_however_many_editions_there_are(
    client, people, article, again, django_assert_num_queries
):
    factories.publish(article, people)
    for number in range(3):
        story = again(f"day {WORDS[number - 1]}" if number else "a third day", f"day {WORDS[number]}")
        with django_assert_num_queries(2):
            history(client, story)


def test_old_slug_leads_to_the_history_when_the_address_changed(client, story):
    wrong = story.get_history_url().replace("/2026/", "/1999/") if "/2026/" in story.get_history_url() else None
    if wrong:
        answer = client.get(wrong)
        assert (answer.status_code, answer["Location"]) == (301, story.get_history_url())


def test_moved_paragraph_is_told_as_moved_when_it_stands_elsewhere(client, people, article, again):
    factories.publish(article, people)
    first, second, third = [block.html for block in markup.blocks(article.body)]
    story = again(f"{second}{third}", f"{third}{second}")
    assert any(
        block["kind"] == "moved" for change in story.edition_rows.get(number=2).changes for block in change["blocks"]
    )
    assert first in story.body
