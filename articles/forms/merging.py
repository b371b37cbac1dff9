"""Which tag stays when two are merged."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import tagging
from .vocabularies import Vocabulary


class MergeForm(forms.Form):
    """Takes the name or another name of the tag that stays; `cleaned_data["into"]` is its row."""

    into = forms.CharField(label=gettext_lazy("Merge it into"), max_length=100)

    def __init__(self, *args, tag: Any, vocabulary: Vocabulary, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.tag, self.vocabulary = tag, vocabulary

    def clean_into(self) -> Any:
        """The one row that goes by this name and can take the other in."""
        name = self.cleaned_data["into"].strip()
        found = self.vocabulary.find([name]).get(name.casefold(), [])
        rows = [row for row in {row.pk: row for row in found}.values() if row.pk != self.tag.pk] or found
        if len(rows) > 1:
            raise forms.ValidationError(_("“%(name)s” can mean several: write the full name.") % {"name": name})
        if not rows:
            raise forms.ValidationError(_("Nothing goes by that name: look at the list for how it is written."))
        if reason := tagging.reason_against(self.tag, rows[0]):
            raise forms.ValidationError(reason)
        return rows[0]
