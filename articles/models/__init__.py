"""The models by name; import them from here. What readers may see is in `stories`, `tags` and `images` alone."""

from .archives import ArchivedStory
from .arrangements import Arrangement, Placement
from .articles import Article
from .autosaves import Autosave, Presence
from .bylines import Byline, Contributor
from .claims import Claim, RightOfReply
from .comments import Comment
from .contributors import FormerSlug, Profile, StoryContributor
from .copy import Copy, Genre
from .desk_words import DeskWords
from .desks import Desk, Priority
from .dossiers import ActorName, Dossier, TopicDossier
from .editions import Edition
from .events import Event
from .evidence import Evidence
from .fronts import StoryPlacement, StorySection
from .identities import IdentityAccess, IdentityGrant, SourceIdentity
from .images import Image
from .learned import LearnedTopic
from .lineage import SplitActor, TagMerge, TagsApart, Utterance
from .links import CalendarLink, ShareLink, ShareVisit
from .mixes import EditionMix, EditionSource
from .nameplates import Nameplate
from .notices import Notification, NotificationSetting, SavedFilter
from .packages import Package, PackagePart
from .pages import Page
from .proposals import Proposal
from .quotes import Quote
from .relations import ActorRelation, Position
from .reviews import Approval, Hold, ReviewLook
from .revisions import Revision
from .running import StoryPackage
from .runs import PressRun
from .sayings import QuoteMention, QuoteTopic
from .search import SearchName, SearchQuote, SearchStem, SearchStory, SearchWord
from .sitemaps import SitemapFile
from .sources import Attribution, Source
from .stories import (
    Correction,
    Story,
    StoryActor,
    StoryAddress,
    StoryEdition,
    StoryImage,
    StoryQuote,
    StoryRelation,
    StoryTopic,
)
from .tagged import ArticleActor, ArticleImage, ArticleTopic
from .tags import Actor, ActorAlias, FormerActor, FormerTopic, Topic, TopicAlias
from .tallies import ActorMonth, ActorPair, ActorTopic, TopicMonth
from .teasers import StoryTeaser
from .waivers import Waiver
from .wire import WireCopy

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorMonth",
    "ActorName",
    "ActorPair",
    "ActorRelation",
    "ActorTopic",
    "Approval",
    "ArchivedStory",
    "Arrangement",
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
    "Dossier",
    "Edition",
    "EditionMix",
    "EditionSource",
    "Event",
    "Evidence",
    "FormerActor",
    "FormerSlug",
    "FormerTopic",
    "Genre",
    "Hold",
    "IdentityAccess",
    "IdentityGrant",
    "Image",
    "LearnedTopic",
    "Nameplate",
    "Notification",
    "NotificationSetting",
    "Package",
    "PackagePart",
    "Page",
    "Placement",
    "Position",
    "Presence",
    "PressRun",
    "Priority",
    "Profile",
    "Proposal",
    "Quote",
    "QuoteMention",
    "QuoteTopic",
    "ReviewLook",
    "Revision",
    "RightOfReply",
    "SavedFilter",
    "SearchName",
    "SearchQuote",
    "SearchStem",
    "SearchStory",
    "SearchWord",
    "ShareLink",
    "ShareVisit",
    "SitemapFile",
    "Source",
    "SourceIdentity",
    "SplitActor",
    "Story",
    "StoryActor",
    "StoryAddress",
    "StoryContributor",
    "StoryEdition",
    "StoryImage",
    "StoryPackage",
    "StoryPlacement",
    "StoryQuote",
    "StoryRelation",
    "StorySection",
    "StoryTeaser",
    "StoryTopic",
    "TagMerge",
    "TagsApart",
    "Topic",
    "TopicAlias",
    "TopicDossier",
    "TopicMonth",
    "Utterance",
    "Waiver",
    "WireCopy",
]
