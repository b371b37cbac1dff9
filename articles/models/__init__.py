"""The models by name; import them from here. What readers may see is in `stories`, `tags` and `images` alone."""

from .articles import Article, ArticleImage, Desk, WireCopy
from .bylines import Byline, Contributor
from .copy import Copy, Genre
from .editions import Edition
from .events import Event
from .images import Image
from .proposals import Proposal
from .quotes import Quote
from .revisions import Revision
from .sources import Attribution, Source
from .stories import Story, StoryActor, StoryImage, StoryQuote, StoryTopic
from .tagged import ArticleActor, ArticleTopic
from .tags import Actor, ActorAlias, Topic, TopicAlias

__all__ = [
    "Actor",
    "ActorAlias",
    "Article",
    "ArticleActor",
    "ArticleImage",
    "ArticleTopic",
    "Attribution",
    "Byline",
    "Contributor",
    "Copy",
    "Desk",
    "Edition",
    "Event",
    "Genre",
    "Image",
    "Proposal",
    "Quote",
    "Revision",
    "Source",
    "Story",
    "StoryActor",
    "StoryImage",
    "StoryQuote",
    "StoryTopic",
    "Topic",
    "TopicAlias",
    "WireCopy",
]
