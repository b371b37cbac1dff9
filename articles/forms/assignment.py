"""Who does what until when: the fields of the writing desk, the plan of a story, the choice of a reviewer."""

from collections.abc import Callable, Iterable
from copy import copy
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Article, Desk, Priority
from ..models.assignments import ASSIGNABLE
from ..models.people import name_of, of_parts, offered, who_decide, who_may, who_write


class PersonField(forms.ModelChoiceField):
    """One of the people that `offer` says; whoever it is now stays on the list, marked where they no longer fit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=None, **{"required": False, "empty_label": gettext_lazy("nobody yet"), **options})

    def offer(self, who: Q, present: int | None = None) -> None:
        """Fit the choices to a story: one query when they are shown."""
        self.queryset = offered(who, present)

    def show(self, people: Callable[[], Iterable[Any]]) -> None:
        """Draw these people, asked for when the field is drawn, instead of asking for them here."""
        self.choices = lambda: [
            ("", self.empty_label),
            *((each.pk, self.label_from_instance(each)) for each in people()),
        ]

    def label_from_instance(self, person: Any) -> str:
        """As colleagues call them."""
        if person.is_fitting:
            return name_of(person)
        return _("%(who)s (no longer in a fitting role)") % {"who": name_of(person)}


class MomentField(forms.DateTimeField):
    """A moment to the minute, in the newsroom's zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**{"required": False, "widget": widget, **options})


class AssignmentFields(forms.ModelForm):
    """Mixed into the form of an article: saves of `ASSIGNABLE` change what this person changed and nothing else.

    The form carries what it showed, so that a claim made while somebody was writing is not undone by their save.
    """

    assignee = PersonField(label=gettext_lazy("Assigned to"))
    reviewer = PersonField(label=gettext_lazy("Reviewer"))
    due_at = MomentField(label=gettext_lazy("Due"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance
        for name in set(ASSIGNABLE) & set(self.fields):
            self.fields[name].show_hidden_initial = bool(article.pk)
        if "assignee" in self.fields:
            self.fields["assignee"].offer(who_write(), article.assignee_id)
        if "reviewer" in self.fields:
            self.fields["reviewer"].offer(reviewers_of(article), article.reviewer_id)
        for name in ("assignee", "reviewer"):
            if name in self.fields:
                self.fields[name].show(partial(people_for, article, name))
        if "planning_note" in self.fields:
            self.fields["planning_note"].widget.attrs["rows"] = 3

    def clean(self) -> dict:
        """What was not touched is as the story has it now; what was has to fit."""
        cleaned = super().clean()
        for name in ASSIGNABLE:
            if self.instance.pk and name in cleaned and name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
        for name, reason in self.instance.reasons_against_assigning(self.assigned()).items():
            self.add_error(name or None, str(reason))
        return cleaned

    def assigned(self) -> dict[str, Any]:
        """The fields of the assignment that this person changed, with their new values."""
        return {
            name: self.cleaned_data[name]
            for name in ASSIGNABLE
            if name in self.changed_data and name in self.cleaned_data
        }


def people_for(article: Article, part: str) -> list[Any]:
    """Who may be its "assignee" or its "reviewer", each with `is_fitting`, and who is now; one query for both."""

    def ask() -> list[Any]:
        fits = {"assignee": who_write(), "reviewer": reviewers_of(article)}
        now = [pk for pk in (article.assignee_id, article.reviewer_id) if pk]
        return list(of_parts(fits, now))

    present = getattr(article, f"{part}_id")
    found = []
    for person in article.fact("people", ask):
        if getattr(person, f"fits_{part}") or person.pk == present:
            shown = copy(person)
            shown.is_fitting = getattr(person, f"fits_{part}")
            found.append(shown)
    return found


class PlanForm(forms.Form):
    """A story before there is copy."""

    slugline = forms.CharField(
        label=gettext_lazy("Slugline"),
        max_length=120,
        help_text=gettext_lazy("The desk’s name for the story, such as HARBOUR-SWEEP."),
    )
    planning_note = forms.CharField(
        label=gettext_lazy("What is it to be?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Angle, people to ask, pictures. The desk reads it, readers never do."),
    )
    desk = forms.ModelChoiceField(
        Desk.objects.all(), label=gettext_lazy("Desk"), required=False, empty_label=gettext_lazy("no desk yet")
    )
    assignee = PersonField(label=gettext_lazy("Who writes it?"), empty_label=gettext_lazy("not decided yet"))
    due_at = MomentField(label=gettext_lazy("Copy due"))
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL
    )
    length_ordered = forms.IntegerField(
        label=gettext_lazy("Length in words"), required=False, min_value=1, max_value=100_000
    )
    publish_at = MomentField(
        label=gettext_lazy("Planned publication"),
        help_text=gettext_lazy("A plan, no schedule: a publisher schedules the finished story."),
    )

    def __init__(self, *args: Any, may_assign: bool, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        if may_assign:
            self.fields["assignee"].offer(who_write())
        else:
            del self.fields["assignee"]

    def clean_due_at(self) -> datetime | None:
        """Copy is due in the future."""
        return self._ahead("due_at")

    def clean_publish_at(self) -> datetime | None:
        """So is publication."""
        return self._ahead("publish_at")

    def _ahead(self, name: str) -> datetime | None:
        moment = self.cleaned_data[name]
        if moment and moment <= timezone.now():
            raise forms.ValidationError(_("That moment has passed: give one in the future."), code="past")
        return moment


class HandOverForm(forms.Form):
    """To whom a review goes."""

    to = PersonField(required=True)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].offer(reviewers_of(article))


def reviewers_of(article: Article) -> Q:
    """Who may decide on `article`; nobody who writes it, where the newsroom wants other eyes."""
    if not article.pk:
        return who_decide()
    authors = Q(pk__in=[pk for pk in (article.writer_id, article.assignee_id) if pk])
    who = who_may("approve", article)
    return who & ~authors if article.needs_other_eyes() else who
