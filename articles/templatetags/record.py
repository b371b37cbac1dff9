"""What the templates of stories need to read the JSON of a printed story. No queries."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import escape
from django.utils.safestring import mark_safe

from .. import languages, structured_data
from ..paths import path_of
from ..printing import article, cards, entries, figures, ledger

register = template.Library()


@register.filter
def moment(value: str) -> datetime | None:
    """The moment written in a note, for the date filter."""
    return parse_datetime(value)


@register.filter
def total(rows: list[dict], name: str) -> int:
    """The sum of one number over the rows of a ledger; a missing one counts nothing."""
    return sum(row.get(name) or 0 for row in rows)


@register.filter
def names(tags: list[dict]) -> set[str]:
    """The slugs of the tags of a printed story, for asking whether a page of one can be linked."""
    return {tag["slug"] for tag in tags}


@register.filter
def day(value: datetime) -> date:
    """The day of a moment in the newsroom's zone, for grouping a list by days."""
    return timezone.localdate(value)


class KeptNode(template.Node):
    """Words of the page that are said more than once: rendered here, shown where their name stands."""

    def __init__(self, nodelist, name: str) -> None:
        self.nodelist, self.name = nodelist, name

    def render(self, context) -> str:
        """Nothing here; the name holds the words, escaped as they were."""
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308  (what was rendered)
        return ""


@register.tag
def kept(parser, token) -> KeptNode:
    """`{% kept as name %}…{% endkept %}`; a block may stand within."""
    _tag, _as, name = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name)


@register.filter
def without_name(title: str, name: str) -> str:
    """The title of a page without the newsroom's name after it; both escaped."""
    return mark_safe(title.removesuffix(f" | {escape(name)}"))  # noqa: S308  (both are escaped)


@register.filter
def iso_day(value: str) -> date | None:
    """The day written in a dossier, for the date filter."""
    return parse_date(value) if value else None


register.filter("structured", structured_data.block)
register.filter(cards.spoken)
register.simple_tag(path_of, name="path")  # as `url`, for addresses that are asked for again and again
register.simple_tag(cards.card, name="quote_card")
register.simple_tag(cards.record, name="quote_record")
register.simple_tag(article.article, name="article")
register.simple_tag(article.byline)
register.simple_tag(entries.entry, name="teaser")
register.simple_tag(figures.figure)
register.simple_tag(ledger.ledger, name="receipt")


@register.filter
def direction(language: str) -> str:
    """ "rtl" or "ltr": which way words of a language run, whatever the language of the page around them."""
    return languages.direction(language)


@register.filter
def around(language: str) -> str:
    """The language for labels and dates of a story, for `{% language %}`."""
    return languages.around(language)
