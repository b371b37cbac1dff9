"""The models by name; import them from here. What readers may see is in `stories`, `tags` and `images` alone."""

from .articles import Article
from .autosaves import Autosave, Presence
from .bylines import Byline, Contributor
from .claims import Claim, RightOfReply
from .comments import Comment
from .copy import Copy, Genre
from .desk_words import DeskWords
from .desks import Desk, Priority
from .editions import Edition
from .events import Event
from .evidence import Evidence
from .identities import IdentityAccess, IdentityGrant, SourceIdentity
from .images import Image
from .lineage import TagMerge, Utterance
from .links import CalendarLink, ShareLink, ShareVisit
from .notices import Notification, NotificationSetting, SavedFilter
from .proposals import Proposal
from .quotes import Quote
from .relations import ActorRelation, Position
from .reviews import Approval, Hold, ReviewLook
from .revisions import Revision
from .sources import Attribution, Source
from .stories import Correction, Story, StoryActor, StoryAddress, StoryImage, StoryQuote, StoryTopic
from .tagged import ArticleActor, ArticleImage, ArticleTopic
from .tags import Actor, ActorAlias, FormerActor, FormerTopic, Topic, TopicAlias
from .waivers import Waiver
from .wire import WireCopy

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorRelation",
    "Approval",
    "Article",
    "ArticleActor",
    "ArticleImage",
    "ArticleTopic",
    "Attribution",
    "Autosave",
    "Byline",
    "CalendarLink",
    "Claim",
    "Comment",
    "Contributor",
    "Copy",
    "Correction",
    "Desk",
    "DeskWords",
    "Edition",
    "Event",
    "Evidence",
    "FormerActor",
    "FormerTopic",
    "Genre",
    "Hold",
    "IdentityAccess",
    "IdentityGrant",
    "Image",
    "Notification",
    "NotificationSetting",
    "Position",
    "Presence",
    "Priority",
    "Proposal",
    "Quote",
    "ReviewLook",
    "Revision",
    "RightOfReply",
    "SavedFilter",
    "ShareLink",
    "ShareVisit",
    "Source",
    "SourceIdentity",
    "Story",
    "StoryActor",
    "StoryAddress",
    "StoryImage",
    "StoryQuote",
    "StoryTopic",
    "TagMerge",
    "Topic",
    "TopicAlias",
    "Utterance",
    "Waiver",
    "WireCopy",
]
