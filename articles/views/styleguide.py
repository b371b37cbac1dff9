"""The components of readers' pages, each with what it is for: for staff. Nobody else learns that it exists."""

from datetime import date
from types import SimpleNamespace

from django.http import Http404
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.generic import TemplateView

from articles.models.stories import Story, StoryQuote
from articles.models.tags import Actor

from .site import InOurLanguage

COLOURS = ("paper", "paper-sunk", "ink", "ink-soft", "rule", "rule-strong", "accent", "mark", "focus")
STATES = ("verified", "unverified", "drifted", "disputed", "anonymous")
SIZES = ("head-xl", "head-lg", "head-md", "head-sm", "text-body", "text-md", "text-sm", "text-xs", "text-2xs")
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")

WORDS = "We will not reopen it before the channel is swept."
ENGLISH = {
    "language": "en",
    "kicker": "Shipping",
    "headline": "Port Selm harbour stays closed for a third day",
    "standfirst": "The channel has to be swept first, the harbour master says. Eleven ships wait off the breakwater.",
}
ARABIC = {
    "language": "ar",
    "kicker": "ملاحة",
    "headline": "ميناء سيلم مغلق لليوم الثالث",
    "standfirst": "لا بد من تطهير القناة أولًا كما يقول مدير الميناء، وإحدى عشرة سفينة تنتظر خارج كاسر الأمواج.",
}
LONG = {
    "language": "en",
    "kicker": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
    "headline": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz and Llanfairpwllgwyngyll",
    "standfirst": "https://record.example/an-address-that-somebody-put-where-words-should-be/without-a-single-space",
}
PICTURE = {
    "url": "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='900' height='600'%3E"
    "%3Crect width='900' height='600' fill='%23b9b0a2'/%3E"
    "%3Cpath d='M0 430h900' stroke='%231e1a16' stroke-width='2'/%3E%3C/svg%3E",
    "width": 900,
    "height": 600,
    "alt": "The horizon off Port Selm",
    "caption": "The channel off Port Selm, as the pilots see it.",
    "credit": "Drawing: The Record",
    "focal_x": 0.5,
    "focal_y": 0.5,
    "tint": "#b9b0a2",
}
SOURCE = {"kind_label": "person", "head_count": None, "reason": "", "quotes": 1}
SOURCES = [
    {**SOURCE, "wording": "Ilse Maran, the harbour master", "basis_label": "on the record", "is_named": True},
    {
        **SOURCE,
        "wording": "Two pilots who were on the channel that night",
        "basis_label": "on background",
        "is_named": False,
        "head_count": 2,
        "reason": "not authorised to speak publicly",
        "quotes": 0,
    },
]


class StyleGuide(InOurLanguage, TemplateView):
    """Tokens and components with invented copy, drawn by the very templates that readers' pages use."""

    template_name = "styleguide/styleguide.html"

    def dispatch(self, request, *args, **kwargs):
        """404 for everybody but staff, as for a page that never was."""
        if not (request.user.is_active and request.user.is_staff):
            raise Http404("No such page.")
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def get_context_data(self, **kwargs):
        """The tokens by name, and a sample for each component."""
        story = sample(1, ENGLISH)
        return super().get_context_data(
            colours=COLOURS,
            states=STATES,
            sizes=SIZES,
            spaces=SPACES,
            story=story,
            arabic=sample(2, ARABIC),
            long=sample(3, LONG),
            picture=PICTURE,
            quote=spoken(story),
            card=card(),
            notes=notes(),
            page=SimpleNamespace(next_key="sample", is_first=False),
            translations=[
                {"language": "ar", "name": "العربية", "url": "#translations", "headline": ARABIC["headline"]}
            ],
            **kwargs,
        )


def sample(number: int, copy: dict) -> Story:
    """A story that is in no table."""
    now = timezone.now()
    return Story(
        id=number,
        slug="sample",
        published_at=now,
        updated_at=now,
        edition_number=1,
        picture=PICTURE,
        reading_minutes=3,
        sources=SOURCES,
        bylines=[{"name": "Nell Averin", "slug": "nell-averin", "role": "by", "role_label": "by"}],
        **copy,
    )


def spoken(story: Story) -> StoryQuote:
    """Words that nobody said."""
    speaker = Actor(name="Ilse Maran", slug="ilse-maran", kind="person")
    return StoryQuote(
        id=1,
        story=story,
        text=WORDS,
        speaker=speaker,
        speaker_name=speaker.name,
        role="harbour master",
        how="press_conference",
        said_on=date(2026, 3, 2),
        verification="verified",
    )


def card() -> dict:
    """The record behind them."""
    return {
        "id": 1,
        "speaker_name": "Ilse Maran",
        "role": "harbour master",
        "how": "at a press conference",
        "said_on": date(2026, 3, 2),
        "wording": "the harbour master",
        "basis_label": "on the record",
        "verification": "verified",
        "verification_label": "checked",
    }


def notes() -> list[dict]:
    """One of each kind that stands above a story."""
    at = timezone.now().isoformat()
    return [
        {
            "kind": "correction",
            "kind_label": "correction",
            "text": "",
            "wrong": "The channel is twelve metres deep.",
            "right": "The channel is eleven metres deep.",
            "at": at,
        },
        {"kind": "update", "kind_label": "update", "text": "Adds what the pilots say.", "at": at},
    ]
