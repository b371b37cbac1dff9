"""Running stories: the list of them, and the page of one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import packages
from ..forms.packages import PackageForm, acted
from ..models import Desk, Package, StoryPackage
from ..workflow import MoveNotAllowed
from .site import site

SHOWN = 50


@never_cache
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Those that this person may edit, the last changed first."""
    require_editor(request.user)
    rows = list(Package.objects.open_to(request.user).select_related("desk")[:SHOWN])
    context = {**site.each_context(request), "title": _("Running stories"), "packages": rows}
    return TemplateResponse(request, "admin/packages/packages.html", context)


def require_editor(user: Any) -> None:
    """Raise `PermissionDenied` for who edits no running story at all."""
    if not Desk.objects.open_to(user, "edit_package").exists() and not packages.may_edit(user, Package()):
        raise PermissionDenied


def _package(user: Any, pk: int) -> Package:
    return get_object_or_404(Package.objects.open_to(user).select_related("desk"), pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new one, which readers do not have until it is put before them."""
    require_editor(request.user)
    return _page(request, Package(version=0))


@never_cache
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows it; POST `act` does what its buttons do: save, find, add, entry, up, down, remove."""
    return _page(request, _package(request.user, pk))


def _page(request: HttpRequest, package: Package) -> HttpResponse:
    if request.method == "GET":
        return _shown(request, PackageForm(package=package, user=request.user), package)
    act, _colon, what = request.POST.get("act", "").partition(":")
    if act == "save":
        return _saved(request, PackageForm(request.POST, package=package, user=request.user), package)
    form = PackageForm(acted(request.POST, act, what), package=package, user=request.user)
    return _shown(request, form, package)


def _saved(request: HttpRequest, form: PackageForm, package: Package) -> HttpResponse:
    """Keep it, or say why not, with everything that was sent."""
    if not form.is_valid():
        return _shown(request, form, package, status=422)
    wanted = form.save(commit=False)
    try:
        kept = packages.save(wanted, form.parts(), by=request.user, seen=form.cleaned_data["seen"])
    except packages.ChangedMeanwhile as meanwhile:
        data = request.POST.copy()
        data["seen"] = str(meanwhile.current.version)
        again = PackageForm(data, package=meanwhile.current, user=request.user)
        theirs = PackageForm(package=Package.objects.get(pk=meanwhile.current.pk), user=request.user)
        return _shown(request, again, meanwhile.current, status=409, theirs=theirs)
    except MoveNotAllowed as refusal:
        form.add_error(None, [str(reason) for reason in refusal.reasons])
        return _shown(request, form, package, status=422)
    words = _("Kept, and readers have it.") if kept.is_public else _("Kept. Readers do not have it.")
    messages.success(request, words)
    return HttpResponseRedirect(reverse("admin:articles_package_change", args=[kept.pk]))


def _shown(
    request: HttpRequest, form: PackageForm, package: Package, *, status: int = 200, theirs: PackageForm | None = None
) -> HttpResponse:
    printed = StoryPackage.objects.filter(pk=package.pk).first() if package.pk else None
    context = {
        **site.each_context(request),
        "title": package.title if package.pk else _("New running story"),
        "form": form,
        "package": package,
        "printed": printed,
        "placed": {row.story.pk for row in form.rows if row.story},
        "is_checked": status != 200,
        "theirs": theirs,
    }
    return TemplateResponse(request, "admin/packages/package.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """POST `verb`: open, close, delete."""
    package = _package(request.user, pk)
    verbs = {
        "open": (packages.put_before_readers, _("Readers have it.")),
        "close": (packages.take_from_readers, _("Readers do not have it any more.")),
        "delete": (packages.delete, _("Deleted.")),
    }
    if request.POST.get("verb") not in verbs:
        raise Http404
    verb, words = verbs[request.POST["verb"]]
    try:
        verb(package, by=request.user)
    except MoveNotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, words)
        if verb is packages.delete:
            return HttpResponseRedirect(reverse("admin:packages"))
    return HttpResponseRedirect(reverse("admin:articles_package_change", args=[pk]))


site.add_page("packages/", listed, name="packages")
site.add_page("packages/add/", add, name="articles_package_add")
site.add_page("packages/<int:pk>/", change, name="articles_package_change")
site.add_page("packages/<int:pk>/act/", act, name="articles_package_act")
