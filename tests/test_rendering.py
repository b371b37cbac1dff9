"""Forms by Jinja2 say what they say by Django's own templates."""

import html5lib
import pytest
from django import forms
from django.contrib.admin.widgets import AdminDateWidget, AdminSplitDateTime
from django.forms.renderers import DjangoTemplates
from django.utils import translation

from articles.forms.rendering import Renderer

HOSTILE = '"><script>alert(1)</script>&amp;'
CHOICES = [("a", "A & B"), ("Group", [("b", HOSTILE), ("c", "C")])]


class Everything(forms.Form):
    """A field of each kind that the desk has."""

    words = forms.CharField(help_text="Some <em>help</em>.", max_length=80)
    body = forms.CharField(widget=forms.Textarea(attrs={"data-of": HOSTILE, "hidden": False, "required": True}))
    hidden = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1)
    share = forms.FloatField(localize=True)
    one = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    either = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    certain = forms.BooleanField()
    day = forms.DateField(widget=AdminDateWidget)
    moment = forms.SplitDateTimeField(widget=AdminSplitDateTime)
    file = forms.FileField(widget=forms.ClearableFileInput)
    secret = forms.CharField(widget=forms.PasswordInput)


def parsed(html: str) -> str:
    """The elements, without the blanks between them; none of them is one that somebody typed."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    assert not list(tree.iter("script"))
    for element in tree.iter():
        element.text, element.tail = ((text or "").strip() for text in (element.text, element.tail))
    return html5lib.serialize(tree, quote_attr_values="always", alphabetical_attributes=True)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("given", [None, {}, {"words": HOSTILE, "one": "b", "several": ["a", "c"], "number": "1234"}])
def test_every_kind_of_field_is_the_same_element(given, language):
    with translation.override(language):
        quick, ever = (
            parsed(str(Everything(given, initial={"share": 1234.5, "body": HOSTILE}, renderer=renderer)))
            for renderer in (Renderer(), DjangoTemplates())
        )
    assert quick == ever


def test_a_formset_is_the_same_elements():
    several = forms.formset_factory(Everything, extra=2)
    quick, ever = (
        parsed(str(type("Set", (several,), {"renderer": renderer})())) for renderer in (Renderer(), DjangoTemplates())
    )
    assert quick == ever
    assert quick.count("</textarea>") == 2


def test_what_has_no_template_there_is_made_as_ever():
    renderer = Renderer()
    assert type(renderer.get_template("django/forms/div.html")).__module__ == "django.template.backends.jinja2"
    assert type(renderer.get_template("admin/widgets/date.html")).__module__ == "django.template.backends.django"
