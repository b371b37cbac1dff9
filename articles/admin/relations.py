"""The part of the page of claims on which a story says how actors stand to each other, by whose word."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ..forms.relations import RelationForm
from ..forms.tags import fit_to
from ..models import ActorRelation


class RelationActs:
    """Mixed into the page of claims: the acts `relation` and `drop_relation`, and what is shown of them."""

    def relation(self) -> HttpResponse:
        """Note one, or say something else of it."""
        form = self._relation_form(self._row(self._relation_rows(), required=False), self.request.POST)
        if not form.is_valid():
            return self.answer(status=422, relation_form=form)
        return self._saved(_("Noted: %(relation)s.") % {"relation": form.save()})

    def drop_relation(self) -> HttpResponse:
        """No source of this story says so."""
        self._row(self._relation_rows()).delete()
        return self._saved(_("Taken out: no source of this story says so."))

    def _relation_rows(self) -> Any:
        rows = ActorRelation.objects.filter(attribution__article=self.article)
        return rows.select_related("actor", "other", "attribution__source")

    def _relation_form(self, row: ActorRelation | None, told: Any = None) -> RelationForm:
        form = fit_to(type("RelationForm", (RelationForm,), {}), self.user)
        prefix = "relation" if row is None else f"relation-{row.pk}"
        return self._with_options(form(told, instance=row, article=self.article, prefix=prefix))

    def _relations(self, sent: RelationForm | None) -> list[dict[str, Any]]:
        return [
            {
                "row": row,
                "form": self._form_of(row, sent, self._relation_form),
                "is_open": sent is not None and sent.instance.pk == row.pk,
            }
            for row in self._relation_rows().order_by("pk")
        ]
