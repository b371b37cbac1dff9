"""The log, to be searched: who did what, to what, when, by which door, and what it was before."""

import re

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import channels
from ..models import Article, Event
from ..workflow import Status
from .base import ReadOnlyAdmin
from .logs import MOVES, VERBS, verb_label
from .paging import LIMIT, BoundedPaginator
from .site import site

CHANNELS = {
    channels.PAGE: gettext_lazy("page"),
    channels.API: gettext_lazy("API"),
    channels.COMMAND: gettext_lazy("command"),
    channels.RELEASE: gettext_lazy("release"),
}
KINDS = {
    "user": gettext_lazy("account"),
    "group": gettext_lazy("role"),
    "desk": gettext_lazy("desk"),
    "actor": gettext_lazy("actor"),
    "topic": gettext_lazy("topic"),
    "contributor": gettext_lazy("byline"),
    "image": gettext_lazy("picture"),
    "source": gettext_lazy("source"),
    "arrangement": gettext_lazy("front"),
    "package": gettext_lazy("running story"),
}
STORY = "story"
ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
WORDS = 5  # of a search
MATCHES = 500  # stories whose headline a search may match


class ActFilter(admin.SimpleListFilter):
    """What was done."""

    title = gettext_lazy("act")
    parameter_name = "act"

    def lookups(self, request, model_admin):
        """Every act there is, by its name."""
        return sorted(((verb, verb_label(verb)) for verb in {*MOVES, *VERBS}), key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        """Those acts."""
        return queryset.filter(verb=self.value()) if self.value() else queryset


class PersonFilter(admin.SimpleListFilter):
    """Who did it, or whose account it was done to."""

    title = gettext_lazy("person")
    parameter_name = "person"

    def lookups(self, request, model_admin):
        """The staff."""
        staff = get_user_model().objects.filter(is_staff=True).order_by("username")
        return [(str(user.pk), user.get_full_name() or user.get_username()) for user in staff]

    def queryset(self, request, queryset):
        """Acts of the person and on their account."""
        number = self.value() or ""
        if not (number.isascii() and number.isdecimal() and len(number) < 19):
            return queryset
        return queryset.filter(Q(by=int(number)) | Q(subject=f"user:{int(number)}"))


class ChannelFilter(admin.SimpleListFilter):
    """By which door."""

    title = gettext_lazy("way")
    parameter_name = "way"

    def lookups(self, request, model_admin):
        """The doors."""
        return list(CHANNELS.items())

    def queryset(self, request, queryset):
        """Those that came by it."""
        return queryset.filter(channel=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    """What it was done to."""

    title = gettext_lazy("what it was done to")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        """Stories, and everything else that the log names."""
        return [(STORY, _("story")), *KINDS.items()]

    def queryset(self, request, queryset):
        """Those of one kind."""
        if self.value() == STORY:
            return queryset.filter(article__isnull=False)
        return queryset.filter(subject__startswith=f"{self.value()}:") if self.value() in KINDS else queryset


@admin.register(Event, site=site)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["when", "act", "about", "person", "way", "gist"]
    list_display_links = ["when"]
    list_filter = [("at", admin.DateFieldListFilter), KindFilter, PersonFilter, ChannelFilter, ActFilter]
    list_select_related = ["by"]
    sortable_by = ()
    ordering = ["-at", "-id"]
    paginator = BoundedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ["label"]
    search_help_text = gettext_lazy("Words of a headline, a name, a note, or of who did it")
    change_list_template = "admin/articles/event/change_list.html"
    fields = ["act", "about", "person", "when", "way", "states", "note", "changes"]

    def get_queryset(self, request):
        """What the person may know of. The row outlives its article, which is fetched apart: a join would lose it."""
        article = Prefetch("article", Article.objects.only("headline", "slugline"))
        return Event.objects.visible_to(request.user).prefetch_related(article)

    def get_search_results(self, request, queryset, search_term):
        """Each word in what it was called, in the note, in the headline or in the name of who did it."""
        for word in search_term.replace("\x00", "").split()[:WORDS]:
            told = Article.objects.visible_to(request.user).filter(headline__icontains=word)
            people = get_user_model().objects.filter(
                Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
            )
            queryset = queryset.filter(
                Q(label__icontains=word)
                | Q(note__icontains=word)
                | Q(article__in=list(told.values_list("pk", flat=True)[:MATCHES]))
                | Q(by__in=people.values("pk"))
            )
        return queryset, False

    def changelist_view(self, request, extra_context=None):
        """It is called the log."""
        return super().changelist_view(request, {"title": _("Log"), "limit": LIMIT, **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """One entry."""
        return super().changeform_view(request, object_id, form_url, {"title": _("Entry of the log")})

    # --- what a row says

    @admin.display(description=gettext_lazy("when"))
    def when(self, event: Event) -> str:
        """Day and minute in the newsroom's zone."""
        return moment(event.at)

    @admin.display(description=gettext_lazy("act"))
    def act(self, event: Event) -> str:
        """In words."""
        return verb_label(event.verb)

    @admin.display(description=gettext_lazy("done to"))
    def about(self, event: Event) -> str:
        """The story by its headline, with the way there; anything else by its kind and what it was called."""
        if event.article_id:
            article = event._state.fields_cache.get("article")
            if article is None:
                return f"{event.label or _('story %(id)s') % {'id': event.article_id}} ({_('deleted')})"
            return format_html(
                '<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[article.pk]), article
            )
        kind, _colon, number = event.subject.partition(":")
        return f"{KINDS.get(kind, kind)} {event.label or number}".strip()

    @admin.display(description=gettext_lazy("by"), empty_value="")
    def person(self, event: Event) -> str:
        """Their name; nobody for what the machine did, or a stranger."""
        return (event.by.get_full_name() or event.by.get_username()) if event.by else ""

    @admin.display(description=gettext_lazy("by way of"))
    def way(self, event: Event) -> str:
        """The door."""
        return str(CHANNELS.get(event.channel, event.channel))

    @admin.display(description=gettext_lazy("what changed"), empty_value="")
    def gist(self, event: Event) -> str:
        """The note, or the fields that changed."""
        words = [event.note] if event.note else []
        for name, before, after in pairs(event)[:3]:
            values = " → ".join(shown(value) for value in (before, after) if value not in (None, ""))
            words.append(f"{label_of(name)}: {values}" if values else label_of(name))
        return Truncator("; ".join(words)).chars(120)

    @admin.display(description=gettext_lazy("state"))
    def states(self, event: Event) -> str:
        """Where the story stood, and stands."""
        names = [str(Status(value).label) for value in (event.before, event.after) if value in Status.values]
        return " → ".join(dict.fromkeys(names))

    @admin.display(description=gettext_lazy("what changed"))
    def changes(self, event: Event) -> str:
        """A table of fields, before and after; a value that the log does not keep is a dash."""
        rows = [(label_of(name), shown(before), shown(after)) for name, before, after in pairs(event)]
        if not rows:
            return ""
        return format_html(
            '<table class="log-changes"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
            '<th scope="col">{}</th></tr></thead><tbody>{}</tbody></table>',
            _("Field"),
            _("Before"),
            _("After"),
            format_html_join("", '<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>', rows),
        )


def pairs(event: Event) -> list[tuple]:
    """(field, before, after); an act that tells one value tells what is after it."""
    return [
        (name, *(value if isinstance(value, list) and len(value) == 2 else (None, value)))
        for name, value in event.details.items()
    ]


def label_of(name: str) -> str:
    """A field as people say it."""
    return name.removeprefix("is_").replace("_", " ")


def shown(value) -> str:
    """A value for reading."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    at = parse_datetime(value) if isinstance(value, str) and ISO.match(value) else None
    return moment(at) if at else str(value)


def moment(at) -> str:
    """A point in time, in the newsroom's zone."""
    return date_format(timezone.localtime(at) if timezone.is_aware(at) else at, _("j M Y, H:i"))
