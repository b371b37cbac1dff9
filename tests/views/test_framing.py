"""The frame around what the press has set: made once, and each story in it told by its own words alone."""

import pytest

from articles import standing
from articles.views import framing
from tests import factories

pytestmark = pytest.mark.django_db


def test_two_stories_in_one_frame_tell_each_its_own(client, people, desk):
    pages = []
    for words in ("Harbour <b>& “gate”", "Ferry"):
        article = factories.article(
            people.writer, desk, headline=words, standfirst=f"Of {words}", slug=words.split()[0].lower()
        )
        story = factories.publish(article, people)
        pages.append((story, client.get(story.get_absolute_url()).content.decode()))
    (first, one), (second, other) = pages
    assert "<title>Harbour &lt;b&gt;&amp; “gate” | " in one
    assert '<meta name="description" content="Of Harbour &lt;b&gt;&amp; “gate”">' in one
    assert '<meta property="og:title" content="Ferry">' in other
    for story, page, stranger in ((first, one, second.slug), (second, other, "Harbour &lt;b&gt;")):
        assert f'og:url" content="http://127.0.0.1:8000{story.get_absolute_url()}"' in page
        assert framing.MARK not in page
        assert stranger not in page.partition("</head>")[0]


def test_the_frame_is_made_once(client, in_print, monkeypatch):
    one, other = in_print(2)
    client.get(one.get_absolute_url())
    made = []
    keep = standing.forme.get
    monkeypatch.setattr(standing.forme, "get", lambda key, make: keep(key, lambda: made.append(key) or make()))
    client.get(one.get_absolute_url())
    client.get(other.get_absolute_url())
    assert len(made) <= 1  # the teaser of the first beside the second


def test_a_frame_follows_the_newsroom(client, story, settings):
    before = client.get(story.get_absolute_url()).content.decode()
    settings.NEWSROOM_NAME = "The <Other> Record"
    page = client.get(story.get_absolute_url()).content.decode()
    assert " | The &lt;Other&gt; Record</title>" in page
    assert page != before
