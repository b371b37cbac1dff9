"""The nameplate is set by who runs the newsroom, and nothing goes in that readers could not read."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from articles.models import Event, Nameplate, nameplates

ADD, CHANGE = "/admin/articles/nameplate/add/", "/admin/articles/nameplate/1/change/"
FORM = {"name": "The Estuary Courier", "strapline": "Tide and time", "accent": "#0B4F6C", "accent_dark": ""}


@pytest.fixture(autouse=True)
def _asked():
    """Here the newsroom is asked for anew."""
    nameplates.forget()


def picture(kind="PNG", size=(400, 80)):
    """A drawn logo as a browser sends it."""
    buffer = io.BytesIO()
    Pillow.new("RGBA" if kind == "PNG" else "RGB", size, "#123456").save(buffer, kind)
    return SimpleUploadedFile(f"My Logo.{kind.lower()}", buffer.getvalue())


def test_pages_carry_the_name_when_an_admin_sets_it(client_of, people, client):
    answer = client_of(people.admin).post(ADD, FORM)
    assert answer.status_code == 302
    page = client.get("/").content.decode()
    assert "The Estuary Courier" in page
    assert "Tide and time" in page
    sheet = client.get(page.split('<link rel="stylesheet" href="/look.css')[1].join(["/look.css", ""]).split('"')[0])
    assert b"--accent:light-dark(#0b4f6c," in sheet.content
    assert "immutable" in sheet["Cache-Control"]
    assert Event.objects.get(subject="nameplate:1").verb == "add"


@pytest.mark.parametrize("who", ["writer", "editor", "reviewer", "publisher"])
def test_page_looks_as_if_it_did_not_exist_when_somebody_else_asks(client_of, people, who):
    browser = client_of(getattr(people, who))
    assert browser.get(reverse("admin:articles_nameplate_changelist")).status_code in (403, 404)
    assert browser.post(ADD, FORM).status_code in (403, 404)
    assert not Nameplate.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"accent": "#ff8800"}, "On light paper this colour has a contrast of 2.3 to 1; 4.5 is needed"),
        ({"accent_dark": "#0b4f6c"}, "On dark paper this colour has a contrast of 2.1 to 1; 4.5 is needed"),
        ({"accent": "red"}, "Give it as #rrggbb"),
        ({"accent": "#0b4f6c}body{display:none}"}, "at most 7 characters"),
        ({"accent": "", "accent_dark": "#f58d7c"}, "Choose a colour for light paper too"),
    ],
)
def test_colour_is_refused_with_a_sentence_when_it_could_not_be_read(client_of, people, fields, words):
    answer = client_of(people.admin).post(ADD, FORM | fields)
    assert words in answer.content.decode()
    assert not Nameplate.objects.exists()


def test_logo_is_encoded_anew_and_shown_in_place_of_the_name(client_of, people, client):
    browser = client_of(people.admin)
    browser.post(ADD, FORM | {"logo": picture()})
    page = client.get("/latest/").content.decode()
    assert 'alt="The Estuary Courier" width="400" height="80"' in page
    address = page.split('class="nameplate" src="')[1].split('"')[0]
    shown = client.get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert "immutable" in shown["Cache-Control"]
    old = Nameplate.objects.get().logo.name
    assert "My Logo" not in old
    browser.post(CHANGE, FORM | {"logo": picture("JPEG")})
    assert Nameplate.objects.get().logo.name != old
    assert client.get("/logo").headers["Content-Type"] == "image/jpeg"


def test_old_logo_goes_when_another_is_saved(client_of, people, django_capture_on_commit_callbacks):
    browser = client_of(people.admin)
    browser.post(ADD, FORM | {"logo": picture()})
    old = Nameplate.objects.get().logo.name
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(CHANGE, FORM | {"logo-clear": "on"})
    assert not default_storage.exists(old)
    assert not Nameplate.objects.get().logo


def test_drawing_with_a_script_is_refused_as_a_logo(client_of, people):
    svg = SimpleUploadedFile("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    answer = client_of(people.admin).post(ADD, FORM | {"logo": svg})
    assert "This is not a JPEG, PNG, WebP, AVIF or GIF picture." in answer.content.decode()


def test_list_leads_straight_to_the_one(client_of, people):
    browser, index = client_of(people.admin), reverse("admin:articles_nameplate_changelist")
    assert browser.get(index)["Location"] == ADD
    browser.post(ADD, FORM)
    assert browser.get(index)["Location"] == CHANGE
    page = browser.get(CHANGE).content.decode()
    assert "contrast 8.6 to 1" in page
    assert browser.get(ADD).status_code == 403
