"""What a move is given besides its note: a moment, an embargo, the kind of a hold or of an edition."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import moments, workflow
from ..models import Article
from ..models.editions import EditionKind
from ..models.reviews import HoldKind

LATER_KINDS = (*(EditionKind.UPDATE, EditionKind.CORRECTION, EditionKind.CLARIFICATION, EditionKind.EDITORS_NOTE),)
OF_LATER_EDITIONS = ("kind", "wrong", "right")
FORMAT = "%Y-%m-%dT%H:%M"


def _moment_field(**kwargs) -> forms.CharField:
    widget = forms.DateTimeInput({"type": "datetime-local", "step": 60}, format=FORMAT)
    return forms.CharField(widget=widget, help_text=settings.TIME_ZONE, **kwargs)


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in LATER_KINDS]


FIELDS = {
    "publish_at": lambda: _moment_field(label=_("When")),
    "embargoed_until": lambda: _moment_field(label=_("Until when"), required=False),
    "embargo_condition": lambda: forms.CharField(
        label=_("or until this has happened"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("the report is laid before parliament")}),
    ),
    "hold_kind": lambda: forms.ChoiceField(label=_("What kind of hold?"), choices=HoldKind.choices, required=False),
    "kind": lambda: forms.ChoiceField(
        label=_("What kind of edition?"), choices=_kinds, required=False, widget=forms.RadioSelect
    ),
    "wrong": lambda: forms.CharField(
        label=_("Correction: what was wrong"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    ),
    "right": lambda: forms.CharField(
        label=_("Correction: what is right"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    ),
}
# what a verb calls them
ARGUMENTS = {"embargoed_until": "until", "embargo_condition": "condition", "hold_kind": "kind"}


def _local(moment: datetime | None) -> datetime | None:
    return moment and timezone.localtime(moment).replace(tzinfo=None)


class MoveForm(forms.Form):
    """The inputs of one move on one article; `arguments()` is what the verb is called with."""

    def __init__(self, move: workflow.Move, article: Article, data: Any = None) -> None:
        super().__init__(data, prefix=None, auto_id=f"move-{move.verb}-%s", label_suffix="")
        self.move = move
        is_later = article.was_ever_published() if "kind" in move.takes else False
        for name in move.takes:
            if name in OF_LATER_EDITIONS and not is_later:
                continue
            self.fields[name] = FIELDS[name]()
        if move.note or is_later:
            label = move.note or _("Public note: readers see it with the story.")
            attrs = {"rows": 3, "required": True} if move.note else {"rows": 3}
            self.fields["note"] = forms.CharField(label=label, required=False, widget=forms.Textarea(attrs=attrs))
        self._prepare(article)
        for field in self.fields.values():
            field.widget.attrs["form"] = f"move-{move.verb}"

    @classmethod
    def of_several(cls, move: workflow.Move, articles: list[Article], data: Any = None) -> "MoveForm":
        """One form for all of them; each is then asked again by a form of its own."""
        published = next((article for article in articles if article.was_ever_published()), None)
        form = cls(move, published or articles[0], data)
        if len(articles) > 1:
            for name in ("publish_at", "embargoed_until", "embargo_condition"):
                form.initial.pop(name, None)
            if move.verb == "lift_hold":
                form.fields["hold_kind"] = FIELDS["hold_kind"]()
                form.fields["hold_kind"].widget.attrs["form"] = f"move-{move.verb}"
        return form

    def _prepare(self, article: Article) -> None:
        """What stands already."""
        if "publish_at" in self.fields:
            self.initial["publish_at"] = _local(article.publish_at)
        if "embargoed_until" in self.fields:
            self.initial |= {
                "embargoed_until": _local(article.embargoed_until),
                "embargo_condition": article.embargo_condition,
            }
        if "kind" in self.fields:
            self.initial["kind"] = EditionKind.UPDATE
        if self.move.verb == "lift_hold":
            choices = [(hold.kind, hold.get_kind_display()) for hold in article.open_holds()]
            self.fields["hold_kind"].choices = choices
            if len(choices) < 2:
                self.fields["hold_kind"].widget = forms.HiddenInput()
                self.initial["hold_kind"] = choices[0][0] if choices else ""

    def clean(self) -> dict[str, Any]:
        """Moments on the newsroom's clock."""
        cleaned = super().clean()
        for name in ("publish_at", "embargoed_until"):
            if name in cleaned:
                cleaned[name] = self._moment(name, cleaned[name])
        return cleaned

    def _moment(self, name: str, words: str) -> datetime | None:
        """None, with the error noted, where the words are no moment; the form then asks which of two is meant."""
        if not words:
            return None
        try:
            local = datetime.fromisoformat(words)
            return moments.moment(local, ZoneInfo(settings.TIME_ZONE), self.data.get(f"{name}_which", ""))
        except moments.ComesTwice as twice:
            choices = [("first", twice.first.tzname()), ("second", twice.second.tzname())]
            self.fields[f"{name}_which"] = forms.ChoiceField(label=_("Which of the two?"), choices=choices)
            self.fields[f"{name}_which"].widget.attrs["form"] = f"move-{self.move.verb}"
            self.add_error(name, str(twice))
        except moments.NoSuchTime as none:
            self.add_error(name, str(none))
        except (ValueError, OverflowError):
            self.add_error(name, _("That is no day and time: give it as 2026-11-24T18:30."))
        return None

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the verb; call it when the form is valid."""
        found = {ARGUMENTS.get(name, name): value for name, value in self.cleaned_data.items()}
        if self.move.verb == "place_hold" and not found.get("kind"):
            found["kind"] = HoldKind.LEGAL
        return {"note": "", **found}
