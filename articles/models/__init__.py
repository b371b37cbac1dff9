"""The models by name; import them from here. What readers may see is in `stories`, `tags` and `images` alone."""

from .articles import Article
from .autosaves import Autosave, Presence
from .bylines import Byline, Contributor
from .comments import Comment
from .copy import Copy, Genre
from .desks import Desk, Priority
from .editions import Edition
from .events import Event
from .images import Image
from .links import CalendarLink, ShareLink, ShareVisit
from .notices import Notification, NotificationSetting, SavedFilter
from .proposals import Proposal
from .quotes import Quote
from .reviews import Approval, Hold, ReviewLook
from .revisions import Revision
from .sources import Attribution, Source
from .stories import Correction, Story, StoryActor, StoryAddress, StoryImage, StoryQuote, StoryTopic
from .tagged import ArticleActor, ArticleImage, ArticleTopic
from .tags import Actor, ActorAlias, FormerActor, FormerTopic, Topic, TopicAlias
from .wire import WireCopy

__all__ = [
    "Actor",
    "ActorAlias",
    "Approval",
    "Article",
    "ArticleActor",
    "ArticleImage",
    "ArticleTopic",
    "Attribution",
    "Autosave",
    "Byline",
    "CalendarLink",
    "Comment",
    "Contributor",
    "Copy",
    "Correction",
    "Desk",
    "Edition",
    "Event",
    "FormerActor",
    "FormerTopic",
    "Genre",
    "Hold",
    "Image",
    "Notification",
    "NotificationSetting",
    "Presence",
    "Priority",
    "Proposal",
    "Quote",
    "ReviewLook",
    "Revision",
    "SavedFilter",
    "ShareLink",
    "ShareVisit",
    "Source",
    "Story",
    "StoryActor",
    "StoryAddress",
    "StoryImage",
    "StoryQuote",
    "StoryTopic",
    "Topic",
    "TopicAlias",
    "WireCopy",
]
