"""The rich text field of the writing desk: django-prose-editor with our own extensions, one allow-list."""

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django_prose_editor.widgets import ProseEditorWidget, importmap
from js_asset import Media, Script

from .. import markup

MODULES = (
    *("paste", "not_speech", "pieces", "figure", "pull_quote", "link_card", "aside", "document_note"),
    *("quotes", "writing"),
)
MAX_BODY = 1_000_000  # characters of HTML, far beyond any story; more would hold a worker for a minute and longer
GROUPS = ("blocks", "marks", "link", "lists", "sourcing", "notSpeech", "pictures", "block", "history")
EXTENSIONS = (
    *("Document", "Paragraph", "Text", "Dropcursor", "Gapcursor", "History", "HardBreak"),
    *("Bold", "Italic", "Subscript", "Superscript", "Blockquote", "BulletList", "OrderedList", "ListItem"),
    *("HorizontalRule", "NotSpeech", "Pieces", "PullQuote", "LinkCard", "Aside", "DocumentNote", "Quotes"),
    *("CleanPaste", "Writing"),
)


class BodyWidget(ProseEditorWidget):
    """The editor over a textarea, which is what is posted and what remains without scripts.

    The library's toolbar and its icon font are left out: ours is in words (`static/js/editor/writing.js`).
    """

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs={"rows": 24, **(attrs or {})}, preset="configurable")

    @property
    def media(self) -> Media:
        """Import map, the editor, its preset; our modules are imported by the preset."""
        return Media(
            importmap=importmap,
            css={"all": ["django_prose_editor/editor.css", "css/desk-editor.css"]},
            js=[
                Script("django_prose_editor/editor.js", type="module"),
                Script("django_prose_editor/configurable.js", type="module"),
            ],
        )

    def get_config(self) -> dict:
        """What the preset reads: extension names with their options, and the modules that define ours."""
        return {
            "extensions": {
                **dict.fromkeys(EXTENSIONS, True),
                "Heading": {"levels": [2, 3]},
                "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
                "Figure": {"chooserUrl": reverse("admin:articles_image_choices")},
                "Menu": {"defaultItems": False, "groups": [{"group": group} for group in GROUPS]},
            },
            "js_modules": [static(f"js/editor/{module}.js") for module in MODULES],
        }

    def get_context(self, name: str, value: str | None, attrs: dict | None) -> dict:
        """The textarea names the language of the desk, for the spelling checker."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"].setdefault("lang", settings.LANGUAGE_CODE)
        return context


class BodyField(forms.CharField):
    """HTML of a body; whatever was sent, only `markup.sanitise`d HTML comes out."""

    widget = BodyWidget

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": MAX_BODY, **kwargs})

    def clean(self, value: str | None) -> str:
        """Safe HTML; the empty string where there is neither a word nor a picture."""
        safe = markup.sanitise(super().clean(value))
        return safe if markup.to_text(safe).strip() or markup.figures(safe) else ""

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        """Compare what would be kept."""
        return markup.sanitise(initial or "") != markup.sanitise(data or "")
