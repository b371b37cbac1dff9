"""What readers' browsers keep, and how small it comes to them."""

import gzip

import brotli
import pytest
from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.exceptions import CSPNonceError
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.utils.http import http_date, parse_http_date

from articles import press
from articles.encodings import preferred
from articles.middleware import PolicyMiddleware
from articles.models import Article, Topic

pytestmark = pytest.mark.django_db
PAGES = [
    *("/", "/latest/", "/corrections/", "/actors/", "/actors/ilse-maran/", "/topics/", "/topics/shipping/"),
    *("/about/sourcing/", "/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json", "/corrections/feed.rss"),
    *("/sitemap.xml", "/news-sitemap.xml", "/robots.txt"),
]


def test_every_page_is_confirmed_by_tag_or_by_moment(client, story):
    for address in (*PAGES, story.get_absolute_url()):
        first = client.get(address)
        assert first.status_code == 200, address
        for header in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
            again = client.get(address, headers=header)
            assert (again.status_code, again.content) == (304, b""), (address, header)
            assert again["Cache-Control"] == first["Cache-Control"]
        assert client.head(address)["ETag"] == first["ETag"], address


def test_page_is_sent_again_when_the_moment_is_another_one(client, story):
    moment = parse_http_date(client.get("/")["Last-Modified"])
    for other in (moment - 60, moment + 60):
        assert client.get("/", headers={"if-modified-since": http_date(other)}).status_code == 200
    assert client.get("/", headers={"if-modified-since": "yesterday"}).status_code == 200


def test_what_is_withdrawn_is_gone_for_who_asks_by_moment_alone(client, in_print, people):
    newest, _older = in_print(2)
    moments = {address: client.get(address)["Last-Modified"] for address in ("/latest/", "/feeds/latest.rss")}
    press.withdraw(Article.objects.get(pk=newest.pk), by=people.publisher, note="Wrong.")
    for address, moment in moments.items():
        later = http_date(parse_http_date(moment) + 3600)
        answer = client.get(address, headers={"if-modified-since": later})
        assert answer.status_code == 200
        assert newest.headline not in answer.content.decode()


def test_changed_page_has_a_new_moment_though_its_story_is_of_the_same(client, story, time_machine):
    address = story.get_absolute_url()
    before = client.get(address)["Last-Modified"]
    time_machine.move_to(parse_http_date(before) + 100, tick=False)
    assert client.get(address)["Last-Modified"] == before
    topic = Topic.objects.get(name="Shipping")
    topic.name = "Sea trade"
    topic.save()
    press.reprint_tagged(topic)
    assert parse_http_date(client.get(address)["Last-Modified"]) == parse_http_date(before) + 100


def test_page_is_compressed_as_the_browser_likes_it(client, story):
    plain = client.get("/")
    assert "Content-Encoding" not in plain
    for accepted, encoding, decode in (
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0.2, gzip;q=0.8", "gzip", gzip.decompress),
    ):
        small = client.get("/", headers={"accept-encoding": accepted})
        assert small["Content-Encoding"] == encoding
        assert decode(small.content) == plain.content
        assert int(small["Content-Length"]) == len(small.content) < len(plain.content) / 2
        assert "Accept-Encoding" in small["Vary"]
        assert small["ETag"] == f"W/{plain['ETag']}"
        confirmed = client.get("/", headers={"accept-encoding": accepted, "if-none-match": small["ETag"]})
        assert confirmed.status_code == 304
    assert "Accept-Encoding" in plain["Vary"]


def test_feeds_and_sitemaps_are_compressed_too(client, story):
    for address in ("/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json", "/sitemap.xml"):
        assert client.get(address, headers={"accept-encoding": "br"})["Content-Encoding"] == "br", address


def test_page_with_a_session_or_a_form_of_the_desk_is_never_compressed(client, client_of, people, story):
    for page in (
        client_of(people.editor).get("/admin/", headers={"accept-encoding": "br, gzip"}),
        client.get("/admin/login/", headers={"accept-encoding": "br, gzip"}),
    ):
        assert page.status_code == 200
        assert "csrfmiddlewaretoken" in page.content.decode()
        assert "Content-Encoding" not in page


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", ""),
        ("identity", ""),
        ("br", "br"),
        ("gzip, br", "br"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("br;q=0", ""),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=x, gzip", "gzip"),
        (",,;q=1", ""),
    ],
)
def test_encoding_is_the_one_that_weighs_most(accepted, expected):
    assert preferred(accepted) == expected


ASKED = {
    "nothing": lambda request, response: None,
    "a nonce": lambda request, response: str(request.csp_nonce),
    "a frame": lambda request, response: setattr(response, "_csp_replace", {"frame-src": ["'self'"]}),
    "another source": lambda request, response: setattr(
        response, "_csp_update", {"img-src": ["https://pictures.example"]}
    ),
    "no policy": lambda request, response: setattr(response, "_csp_exempt", True),
    "one of its own": lambda request, response: response.__setitem__(HEADER, "default-src 'none'"),
}
SETTINGS = {
    "as they are": {},
    "reports": {"CONTENT_SECURITY_POLICY_REPORT_ONLY": {"DIRECTIVES": {"default-src": ["'self'"]}}},
    "left out": {
        "CONTENT_SECURITY_POLICY": {"EXCLUDE_URL_PREFIXES": ("/latest",), "DIRECTIVES": {"default-src": ["'self'"]}}
    },
}


@pytest.mark.parametrize("told", SETTINGS)
@pytest.mark.parametrize("asked", ASKED)
def test_the_policy_of_an_answer_is_the_one_that_its_library_gives(asked, told, rf, settings, monkeypatch):
    monkeypatch.setattr("csp.middleware.os.urandom", bytes)
    for name, value in SETTINGS[told].items():
        setattr(settings, name, value)

    def policies(kind):
        def answer(request):
            response = HttpResponse()
            ASKED[asked](request, response)
            return response

        response = kind(answer)(rf.get("/latest/"))
        return [{part.strip() for part in response.get(name, "").split(";")} for name in (HEADER, HEADER_REPORT_ONLY)]

    assert policies(PolicyMiddleware) == policies(CSPMiddleware)
    assert policies(PolicyMiddleware) == policies(PolicyMiddleware)


def test_a_nonce_after_the_policy_was_sent_is_refused(rf):
    request = rf.get("/")
    PolicyMiddleware(lambda request: HttpResponse())(request)
    with pytest.raises(CSPNonceError):
        str(request.csp_nonce)
