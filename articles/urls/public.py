"""Addresses that readers use. `docs/decisions` promises them: a story's old ones lead to the one it has."""

from django.urls import path, register_converter

from articles import feeds, sitemaps
from articles.links import calendar, preview
from articles.models.pages import PageName
from articles.views import (
    about,
    actors,
    contributors,
    corrections,
    health,
    look,
    media,
    metrics,
    packages,
    posters,
    quotes,
    sayings,
    search,
    sections,
    stories,
    styleguide,
    topics,
)

from .converters import Day, Month, Slug, Year

register_converter(Year, "yyyy")
register_converter(Month, "mm")
register_converter(Day, "dd")
register_converter(Slug, "uslug")

FEEDS = (
    ("feeds/latest", feeds.Latest),
    ("corrections/feed", feeds.Corrected),
    ("sections/<uslug:slug>/feed", feeds.OfSection),
    ("actors/<uslug:slug>/feed", feeds.OfActor),
    ("topics/<uslug:slug>/feed", feeds.OfTopic),
    ("contributors/<uslug:slug>/feed", feeds.OfContributor),
)

urlpatterns = [
    path("", stories.Front.as_view(), name="front"),
    path("<yyyy:year>/<mm:month>/<dd:day>/<uslug:slug>/", stories.StoryPage.as_view(), name="story"),
    path("<yyyy:year>/<mm:month>/<dd:day>/<uslug:slug>/history/", stories.StoryHistory.as_view(), name="story-history"),
    path("quotes/<int:quote>/", quotes.QuotePage.as_view(), name="quote"),
    path("latest/", stories.Latest.as_view(), name="latest"),
    path("sections/<uslug:slug>/", sections.SectionPage.as_view(), name="section"),
    path("packages/<uslug:slug>/", packages.PackagePage.as_view(), name="package"),
    path("corrections/", corrections.Corrections.as_view(), name="corrections"),
    path("about/sourcing/", about.Sourcing.as_view(), name="about-sourcing"),
    *(path(f"about/{page}/", about.AboutPage.as_view(page=page), name=f"about-{page}") for page in PageName.values),
    path("actors/", actors.ActorIndex.as_view(), name="actors"),
    path("actors/<uslug:slug>/", actors.ActorPage.as_view(), name="actor"),
    path("actors/<uslug:slug>/quotes/", sayings.Quotes.as_view(), name="actor-quotes"),
    path("actors/<uslug:slug>/mentions/", sayings.Mentions.as_view(), name="actor-mentions"),
    path("contributors/", contributors.ContributorIndex.as_view(), name="contributors"),
    path("contributors/<uslug:slug>/", contributors.ContributorPage.as_view(), name="contributor"),
    path("topics/", topics.TopicIndex.as_view(), name="topics"),
    path("topics/<uslug:slug>/", topics.TopicPage.as_view(), name="topic"),
    path("search/", search.Search.as_view(), name="search"),
    path("search/suggest/", search.Suggest.as_view(), name="search-suggest"),
    *(path(f"search/feed.{end}", view, name=f"feed-search-{end}") for end, view in feeds.formats(feeds.OfSearch)),
    *(
        path(f"{where}.{end}", view, name=f"feed-{told.__name__.lower()}-{end}")
        for where, told in FEEDS
        for end, view in feeds.formats(told)
    ),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.file, name="sitemap-file"),
    path("news-sitemap.xml", sitemaps.news, name="news-sitemap"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("posters/stories/<int:pk>.jpg", posters.OfStory.as_view(), name="poster-story"),
    path("posters/actors/<uslug:slug>.jpg", posters.OfActor.as_view(), name="poster-actor"),
    path("posters/quotes/<int:pk>.jpg", posters.OfQuote.as_view(), name="poster-quote"),
    path("media/<path:name>", media.MediaFile.as_view(), name="media"),
    path("preview/<str:token>/", preview.page, name="preview"),
    path("preview/<str:token>/open/", preview.unlock, name="preview-unlock"),
    path("preview/<str:token>/comment/", preview.comment, name="preview-comment"),
    path("preview/<str:token>/media/<path:name>", preview.picture, name="preview-media"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar-feed"),
    path("styleguide/", styleguide.StyleGuide.as_view(), name="styleguide"),
    path("look.css", look.stylesheet, name="look"),
    path("logo", look.logo, name="logo"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", metrics.exposition, name="metrics"),
]
