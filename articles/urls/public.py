"""Addresses that readers use. `docs/decisions` promises them: a story's never changes."""

from django.urls import path, register_converter

from articles import feeds
from articles.views import actors, health, media, stories, topics

from .converters import Day, Month, Slug, Year

register_converter(Year, "yyyy")
register_converter(Month, "mm")
register_converter(Day, "dd")
register_converter(Slug, "uslug")

urlpatterns = [
    path("", stories.Front.as_view(), name="front"),
    path("<yyyy:year>/<mm:month>/<dd:day>/<uslug:slug>/", stories.StoryPage.as_view(), name="story"),
    path("latest/", stories.Latest.as_view(), name="latest"),
    path("actors/", actors.ActorIndex.as_view(), name="actors"),
    path("actors/<uslug:slug>/", actors.ActorPage.as_view(), name="actor"),
    path("topics/", topics.TopicIndex.as_view(), name="topics"),
    path("topics/<uslug:slug>/", topics.TopicPage.as_view(), name="topic"),
    path("feeds/latest.rss", feeds.LatestRss(), name="feed-latest"),
    path("media/<path:name>", media.MediaFile.as_view(), name="media"),
    path("healthz", health.healthz, name="healthz"),
]
