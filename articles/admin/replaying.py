"""A posted writing desk played over an earlier revision: the document that the person meant, and nothing is saved."""

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from ..comparing import merge
from ..models import Actor, Article, ArticleImage, Attribution, Byline, Quote, Revision, Source, Topic
from ..models.restoring import write_copy
from ..models.revisions import ATTRIBUTION_FIELDS, QUOTE_FIELDS

FOLLOWS = {"id", "prefix", "suffix", "verified_at"}  # what two saves of the same row differ in
KEYS: dict[str, tuple[type, tuple[str, ...]]] = {
    "bylines": (Byline, ("contributor", "role")),
    "image_items": (ArticleImage, ("image",)),
}


@dataclass(frozen=True)
class Meant:
    """What one person's form says: the copy as a document, and what is no copy.

    `entries` are the tags and sources that it makes, not in the database yet.
    """

    document: dict[str, Any]
    assigned: dict[str, Any]
    ed_note: tuple[str, str] | None
    entries: tuple[Any, ...]


def meant(model_admin: Any, request: HttpRequest, pk: int, data: QueryDict, base: Revision) -> Meant | None:
    """Play `data`, a posted desk, over `base` and take it all back; None where the form has mistakes of its own."""
    before = {
        model: model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for model in (Actor, Topic, Source)
    }
    with transaction.atomic():
        try:
            return _played(model_admin, request, pk, data.copy(), base, before)
        finally:
            transaction.set_rollback(True)


def _played(
    model_admin: Any, request: HttpRequest, pk: int, data: QueryDict, base: Revision, before: dict[type, int]
) -> Meant | None:
    article = Article.objects.get(pk=pk)
    _bring_back_rows(article, base.document)
    write_copy(article, base.document)
    for prefix in KEYS:
        _fit_rows(article, prefix, data)
    data["seen_version"] = str(article.version)
    shadow = copy.copy(request)
    shadow.method, shadow.POST, shadow._files = "POST", data, MultiValueDict()  # so that nothing is parsed anew
    form = model_admin.get_form(shadow, article, change=True)(data, instance=article)
    is_valid = form.is_valid()
    formsets, _inlines = model_admin._create_formsets(shadow, form.instance, change=True)
    if not (is_valid and all(formset.is_valid() for formset in formsets)):
        return None
    form.save(commit=False).save()
    model_admin.save_related(shadow, form, formsets, change=True)
    note = form.fields["ed_note"].to_python(data.get("initial-ed_note", "")), form.cleaned_data["ed_note"]
    made = tuple(entry for model, last in before.items() for entry in model.objects.filter(pk__gt=last))
    return Meant(
        shadow.saved_revision.document, form.assigned(), note if "ed_note" in form.changed_data else None, made
    )


def _bring_back_rows(article: Article, document: dict[str, Any]) -> None:
    """Rows of the revision that were deleted since have their numbers again, which the posted form names."""
    alive = set(article.attributions.values_list("pk", flat=True))
    sources = set(
        Source.objects.filter(pk__in=[row["source"]["id"] for row in document["attributions"]]).values_list(
            "pk", flat=True
        )
    )
    for record in document["attributions"]:
        if record["id"] not in alive and record["source"]["id"] in sources:
            row = Attribution(pk=record["id"], article=article, source_id=record["source"]["id"])
            _insert(row, record, ATTRIBUTION_FIELDS)
    alive = set(article.quotes.values_list("pk", flat=True))
    for record in document["quotes"]:
        if record["id"] not in alive:
            _insert(Quote(pk=record["id"], article=article, said_on=record["said_on"]), record, QUOTE_FIELDS)


def _insert(row: Any, record: dict[str, Any], fields: Iterable[str]) -> None:
    if type(row).objects.filter(pk=row.pk).exists():
        return
    for name in fields:
        setattr(row, name, record[name])
    row.save(force_insert=True)


def _fit_rows(article: Article, prefix: str, data: QueryDict) -> None:
    """Give posted rows whose number is gone the number of the row that stands for them now."""
    model, names = KEYS[prefix]
    rows = {
        str(row.pk): tuple(str(getattr(row, f"{n}_id", getattr(row, n, ""))) for n in names)
        for row in model.objects.filter(article=article)
    }
    count = data.get(f"{prefix}-INITIAL_FORMS", "")
    posted = [f"{prefix}-{i}" for i in range(min(int(count), 1000) if count.isdecimal() else 0)]
    free = {pk: key for pk, key in rows.items() if pk not in {data.get(f"{row}-id") for row in posted}}
    for row in posted:
        if data.get(f"{row}-id") in rows or not free:
            continue
        key = tuple(data.get(f"{row}-{name}", "") for name in names)
        pk = next((pk for pk in free if free[pk] == key), next(iter(free)))
        data[f"{row}-id"] = pk
        del free[pk]


def aligned(mine: dict[str, Any], others: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """`mine` with the rows of the others where they are the same but for their number: the same save made twice."""
    numbers: dict[int, int] = {}
    return mine | {
        "attributions": _aligned("attributions", mine, others, numbers, lambda record: record),
        "quotes": _aligned(
            "quotes",
            mine,
            others,
            {},
            lambda record: record | {"attribution": numbers.get(record["attribution"], record["attribution"])},
        ),
    }


def _aligned(
    part: str, mine: dict, others: Iterable[dict], numbers: dict[int, int], renumbered: Callable[[dict], dict]
) -> list[dict]:
    known = [record for other in others for record in other[part]]
    taken = {record["id"] for record in mine[part]} & {record["id"] for record in known}
    found = []
    for record in map(renumbered, mine[part]):
        same = [other for other in known if _core(other) == _core(record)]
        if record["id"] in taken:
            same = [other for other in same if other["id"] == record["id"]]
        else:
            same = [other for other in same if other["id"] not in taken]
        if same:
            numbers[record["id"]] = same[0]["id"]
            taken.add(same[0]["id"])
        found.append(same[0] if same else record)
    return found


def _core(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in FOLLOWS}


def merged_with(meant_: Meant, base: Revision, theirs: Revision) -> Any:
    """The merge of what was meant with the latest revision; the desk is assigned, not written."""
    desk = {"desk": theirs.document["desk"]}
    return merge(base.document | desk, meant_.document | desk, theirs.document)
