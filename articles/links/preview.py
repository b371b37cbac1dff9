"""A story before publication, for somebody without an account who was sent the link.

One answer to every address that opens nothing, whether it never existed, was revoked or has expired. No page of a
preview is kept by anybody or tells another site where its reader came from. That last promise (`no-referrer`) leaves
browsers' forms without an origin, so that the forms here carry a signed key of their own in place of Django's check:
it is on no other page, and the address itself is the secret that a forger would need.
"""

from functools import wraps

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from .. import markup, offering, press
from ..forms.links import GuestNoteForm, PassphraseForm
from ..models import Image, Revision, ShareLink, Story
from ..views.media import file_response
from .guests import keep_note

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
}
COOKIE = "preview"
OPEN_FOR = 12 * 60 * 60  # seconds that a passphrase, and a form, is remembered
KEY = signing.TimestampSigner(salt="articles.preview.form")


def by_link(view):
    """Give `view` the link of the token in the address; say the same of every token that opens nothing."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, token: str, **kwargs) -> HttpResponse:
        with translation.override(settings.LANGUAGE_CODE):
            link = ShareLink.objects.opened_by(token)
            try:
                response = over(request) if link is None else view(request, token, link, **kwargs)
            except Http404:
                response = over(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer


def over(request: HttpRequest) -> HttpResponse:
    """The one answer."""
    return render(request, "previews/over.html", status=404)


@by_link
@require_safe
def page(request: HttpRequest, token: str, link: ShareLink) -> HttpResponse:
    """The story, or the question for the passphrase."""
    if not is_unlocked(request, link):
        return ask(request, token, link, PassphraseForm(label_suffix=""))
    link.record_visit(address=request.META.get("REMOTE_ADDR", ""), agent=request.headers.get("User-Agent", ""))
    return show(request, token, link, GuestNoteForm(label_suffix=""))


@by_link
@require_POST
def unlock(request: HttpRequest, token: str, link: ShareLink) -> HttpResponse:
    """Remember for some hours, in a cookie of this link's own path, that the passphrase was right."""
    form = PassphraseForm(request.POST, label_suffix="")
    if not (is_ours(request, link) and form.is_valid()):
        return ask(request, token, link, form, status=403)
    is_right = link.accepts(form.cleaned_data["passphrase"])
    if not is_right:
        return ask(request, token, link, form, is_slowed=is_right is None, is_wrong=is_right is False, status=403)
    response = redirect("preview", token)
    response.set_signed_cookie(
        COOKIE,
        proof_of(link),
        salt=COOKIE,
        max_age=OPEN_FOR,
        path=reverse("preview", args=[token]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


@by_link
@require_POST
def comment(request: HttpRequest, token: str, link: ShareLink) -> HttpResponse:
    """Keep a guest's note; one that cannot be kept comes back with its words."""
    if not is_unlocked(request, link):
        return redirect("preview", token)
    if not link.may_comment:
        raise Http404
    form = GuestNoteForm(request.POST, label_suffix="")
    if not is_ours(request, link):
        form.add_error(None, translation.gettext("The page has been open for long: send the note once more."))
    if form.is_valid():
        keep_note(link, form)
    if not form.is_valid():
        return show(request, token, link, form, status=422)
    return HttpResponseRedirect(reverse("preview", args=[token]) + "#notes")


@by_link
@require_safe
def picture(request: HttpRequest, token: str, link: ShareLink, name: str) -> HttpResponse:
    """A picture that the revision shows, or a rendition of it, and no other."""
    if not is_unlocked(request, link):
        raise Http404
    file, wanted = offering.split(name)
    image = next((image for image in pictures(link.shown()) if image.file.name == file), None)
    if image is None:
        raise Http404
    return file_response(image, wanted)


# --- the pages ----------------------------------------------------------------------------------------------------


def show(request: HttpRequest, token: str, link: ShareLink, form: GuestNoteForm, status: int = 200) -> HttpResponse:
    """The story as readers would see it, with the notes of this link's guests beneath."""
    revision = link.shown()
    context = {
        "link": link,
        "revision": revision,
        "story": story_of(revision, token),
        "embargo": link.article.embargo_in_force(),
        "notes": list(link.comments.filter(author__isnull=True)),
        "form": form if link.may_comment else None,
        "form_url": reverse("preview-comment", args=[token]),
        "key": KEY.sign(link.token_digest),
    }
    return render(request, "previews/story.html", context, status=status)


def ask(
    request: HttpRequest, token: str, link: ShareLink, form: PassphraseForm, status: int = 200, **why
) -> HttpResponse:
    """The question for the passphrase; nothing on the page tells of the story."""
    context = {"form": form, "form_url": reverse("preview-unlock", args=[token]), "key": KEY.sign(link.token_digest)}
    return render(request, "previews/locked.html", {**context, **why}, status=status)


def story_of(revision: Revision, token: str) -> Story:
    """The proof, without a date of publication, and with pictures that the guest is let see."""
    story = press.proof(revision)
    story.published_at = story.updated_at = None
    for image in pictures(revision):
        url = reverse("preview-media", args=[token, image.file.name])
        story.body = story.body.replace(image.url, url)  # and so every rendition of it
        if story.picture and story.picture["url"] == image.url:
            story.picture["url"] = url
    return story


def pictures(revision: Revision) -> list[Image]:
    """The pictures that the page shows: the lead, and those in the body."""
    lead = revision.document["lead_image"]
    ids = {lead["id"]} if lead else set()
    return list(Image.objects.in_terms().filter(pk__in=ids | set(markup.figures(revision.document["body"]))))


# --- what a guest brings with them --------------------------------------------------------------------------------


def is_ours(request: HttpRequest, link: ShareLink) -> bool:
    """Whether the form is one that this link's page gave out some hours ago at most."""
    try:
        return KEY.unsign(request.POST.get("key", ""), max_age=OPEN_FOR) == link.token_digest
    except signing.BadSignature:
        return False


def is_unlocked(request: HttpRequest, link: ShareLink) -> bool:
    """Whether the link needs no passphrase, or this browser has given it."""
    if not link.passphrase:
        return True
    told = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=OPEN_FOR)
    return constant_time_compare(told, proof_of(link))


def proof_of(link: ShareLink) -> str:
    """What the cookie says of a link that was opened."""
    return signing.Signer(salt="articles.preview.opened").signature(f"{link.pk} {link.passphrase}")
