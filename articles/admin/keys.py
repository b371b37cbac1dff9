"""The keys of the desk: what the page of shortcuts lists and where `shortcuts.js` leads."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

GROUPS = [
    (
        _("Anywhere on the desk"),
        [
            ("?", _("this list")),
            ("/", _("search the stories")),
            ("g m", _("my desk")),
            ("g b", _("board")),
            ("g c", _("calendar")),
            ("g a", _("articles")),
            ("g n", _("notices")),
            ("n", _("a new story")),
            ("Esc", _("close what is open")),
        ],
    ),
    (
        _("Writing desk"),
        [
            ("Ctrl S", _("save the draft")),
            ("Ctrl B, I, Z", _("bold, italic, undo in the text")),
            ("Ctrl Shift Q", _("record the selected words as a quote")),
            ("Alt F10", _("to the toolbar; ← and → along it, Esc back to the text")),
            ("Alt Shift ↑, ↓", _("move the block up, down")),
            ("Enter", _("from a caption or pull quote on into the text")),
            ("Esc, Delete", _("choose the whole picture, pull quote, card or aside; remove it")),
        ],
    ),
    (
        _("Board"),
        [("← ↑ ↓ →", _("from card to card")), ("Enter", _("open the story")), ("m", _("open the card’s menu"))],
    ),
    (
        _("Proposals"),
        [
            ("j, k or ↓, ↑", _("next and last proposal")),
            ("a", _("accept")),
            ("c", _("change, then accept")),
            ("r", _("reject")),
        ],
    ),
    (_("Review"), [("@", _("name a colleague in a note")), ("Esc", _("close the note"))]),
]


def key_ways(*, reads: bool, writes: bool) -> dict[str, str]:
    """Where the keys lead that go somewhere, for who reads stories and who begins them."""
    ways = {"?": reverse("admin:shortcuts"), "gm": reverse("admin:index"), "gn": reverse("admin:notices")}
    if reads:
        listed = reverse("admin:articles_article_changelist")
        ways |= {"/": f"{listed}#searchbar", "ga": listed}
        ways |= {"gb": reverse("admin:board"), "gc": reverse("admin:calendar")}
    return ways | ({"n": reverse("admin:articles_article_add")} if writes else {})
