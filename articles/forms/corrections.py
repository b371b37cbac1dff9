"""Which corrections a reader wants to see."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.stories import CORRECTION_KINDS


class CorrectionsForm(forms.Form):
    """By kind, section and year; what is left empty narrows nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, data, *, sections: list[tuple[str, str]], years: list[int]) -> None:
        """`sections`: (slug, name) of those in print; `years` with a correction, newest first."""
        super().__init__(data, label_suffix="")
        kinds = [(kind, label.capitalize()) for kind, label in CORRECTION_KINDS.items()]
        self.fields["kind"].choices = [("", _("All kinds")), *kinds]
        self.fields["section"].choices = [("", _("All sections")), *sections]
        self.fields["year"].choices = [("", _("All years")), *((str(year), str(year)) for year in years)]

    def chosen(self) -> dict[str, str]:
        """What narrows the list, by name; call it once the form is valid."""
        return {name: value for name, value in self.cleaned_data.items() if value}
