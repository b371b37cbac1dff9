"""What readers look for: the answers, and what is suggested while they type."""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from articles import search

from .site import ReaderPage

KINDS = ((search.STORIES, _("Stories")), (search.QUOTES, _("Quotes")), (search.NAMES, _("Actors and topics")))
ORDERS = ((search.BEST, _("Best first")), (search.NEWEST, _("Newest first")))

EXAMPLES = (
    ("harbour ferry", _("stories that hold both words, in any of their endings")),
    ('"customs house"', _("these words in this order")),
    ("export*", _("words that begin like this")),
    ("ferry -strike", _("without this word")),
    ("quote:peace", _("a word somebody is quoted with")),
    ("actor:… topic:… by:…", _("about somebody, on a topic, signed by somebody")),
    ("after:2026-03 before:2026-06", _("published in these months; years and days do too")),
    ("genre:analysis", _("one kind of story")),
)
"""What can be typed, and what it finds."""


class Search(ReaderPage, TemplateView):
    """`?q=`, with `in=` stories, quotes or names, `order=` best or newest, `before=` the key of a page.

    Whatever is asked is answered; a value that never was counts as none.
    """

    template_name = "search/search.html"

    def get_context_data(self, **kwargs):
        """`found`: see `search.Found`; `kinds` and `orders` to choose from; `kept`: the query string of this answer."""
        asked = self.request.GET
        query = search.parse(asked.get("q", ""))
        kind = asked.get("in") if asked.get("in") in dict(KINDS) else search.STORIES
        order = asked.get("order") if asked.get("order") in dict(ORDERS) else search.BEST
        found = search.find(query, kind=kind, order=order, key=asked.get("before", ""))
        chosen = {"q": query.text, "in": kind, "order": order}
        return super().get_context_data(
            found=found,
            query=query,
            kind=kind,
            kinds=[(name, label, told(chosen, {"in": name})) for name, label in KINDS],
            orders=[(name, label, told(chosen, {"order": name})) for name, label in ORDERS],
            chips=[(part, told(chosen, {"q": query.without(part)})) for part in query.parts if part.field],
            extra=told(chosen, {}) + "&",
            narrowing=told(chosen, {"q": ""}, keep=("in", "order")),
            feed=urlencode({"q": query.text}),
            is_search=True,
            examples=EXAMPLES,
            **kwargs,
        )


def told(chosen: dict, other: dict, keep=("q", "in", "order")) -> str:
    """The query string of an answer, without what is as always."""
    usual = {"in": search.STORIES, "order": search.BEST, "q": ""}
    values = chosen | other
    return urlencode({name: values[name] for name in keep if values[name] != usual[name]})


class Suggest(ReaderPage, View):
    """`?q=` as JSON: {"suggestions": [{"label", "kind", "url", "language"}]}; of what is in print alone."""

    def get(self, request):
        """At most nine."""
        suggestions = [vars(each) | {"kind": str(each.kind)} for each in search.suggest(request.GET.get("q", ""))]
        return JsonResponse({"suggestions": suggestions})
