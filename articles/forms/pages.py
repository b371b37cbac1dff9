"""The text of a page about the newsroom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import about, markup
from ..models.pages import Page
from .editor import BodyField, BodyWidget

LEFT_OUT = ("NotSpeech", "Quotes")


class PageWidget(BodyWidget):
    """The editor without what belongs to stories alone: quotes, pictures."""

    def get_config(self) -> dict:
        """As of a body, less that."""
        config = super().get_config()
        extensions = config["extensions"]
        for name in (*LEFT_OUT, "Figure"):
            extensions.pop(name, None)
        groups = [{"group": group} for group in ("blocks", "marks", "link", "lists", "history")]
        extensions["Menu"] = {"defaultItems": False, "groups": groups}
        return config


class PageForm(forms.ModelForm):
    """Begins with the words that readers have now; emptied, it gives the program's back."""

    body = BodyField(
        label=_("Text"),
        required=False,
        widget=PageWidget,
        help_text=_("Where it is empty, readers get the text that comes with the program."),
    )

    class Meta:
        model = Page
        fields = ["body"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.body and self.instance.pk:
            self.initial["body"] = markup.sanitise(about.standing_words(self.instance.pk))
