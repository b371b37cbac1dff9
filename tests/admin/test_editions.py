"""What the desk says of an edition."""

import pytest
from django.urls import reverse

from articles import press
from articles.models import Article
from tests import factories
from tests.admin.pages import page, text


@pytest.mark.parametrize("four_eyes", [True, False])
def test_an_edition_only_its_writer_approved_says_so_on_its_page_and_in_the_history(
    four_eyes, settings, desk_of, article, people
):
    browser = desk_of(people.publisher)
    settings.NEWSROOM_FOUR_EYES = four_eyes
    Article.objects.filter(pk=article.pk).update(writer=people.publisher)
    article.refresh_from_db()
    article.submit(by=people.publisher)
    article.approve(by=people.reviewer if four_eyes else people.publisher)
    edition = press.publish(article, by=people.publisher)
    history = browser.get(reverse("admin:articles_article_history", args=[article.pk]))
    assert ("self-approved" in text(history)) is not four_eyes
    shown = page(browser.get(reverse("admin:articles_edition_change", args=[edition.pk])))
    row = next(node for node in shown.iter("div") if "field-is_self_approved" in node.get("class", ""))
    assert [image.get("alt") for image in row.iter("img")] == [str(not four_eyes)]


def test_the_rail_asks_for_a_correction_where_a_figure_changed(desk_of, people, article):
    body = factories.BODY + "<p>It cost 40 crowns.</p>"
    Article.objects.filter(pk=article.pk).update(body=body)
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    factories.publish(article, people)
    article.refresh_from_db()
    article.revise(by=people.publisher)
    client, address = desk_of(people.publisher), reverse("admin:articles_article_change", args=[article.pk])
    assert "needs a correction" not in client.get(address).content.decode()
    Article.objects.filter(pk=article.pk).update(body=body.replace("40", "50"))
    article.refresh_from_db()
    article.record_revision(by=people.writer)
    factories.approve(article, people)
    shown = client.get(address)
    assert 'title="needs a correction"' in shown.content.decode()
    assert "publish it as a correction" in text(shown)
    move = reverse("admin:articles_article_move", args=[article.pk])
    article.refresh_from_db()
    for kind, words, editions in (
        ("update", {}, 1),
        ("correction", {"wrong": "It said 40.", "right": "It was 50."}, 2),
    ):
        client.post(move, {"verb": "publish", "version": article.version, "kind": kind, "note": "", **words})
        assert article.editions.count() == editions
