"""How an actor that stood for two is split."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import tagging
from ..models import Actor


class SplitForm(forms.Form):
    """The name of the new actor, the stories and the other names that go to it."""

    name = forms.CharField(
        label=_("Name of the other one"),
        max_length=100,
        help_text=_("With what tells the two apart, for example “Ilse Maran (minister)”."),
    )
    stories = forms.TypedMultipleChoiceField(
        label=_("Stories that are about the other one"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    aliases = forms.TypedMultipleChoiceField(
        label=_("Other names that go along"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stories = tagging.stories_to_split(actor, user)
        self.fields["stories"].choices = [(pk, headline or _("No headline yet")) for pk, headline in stories]
        self.fields["aliases"].choices = list(actor.aliases.values_list("pk", "name"))
        if not self.fields["aliases"].choices:
            del self.fields["aliases"]
