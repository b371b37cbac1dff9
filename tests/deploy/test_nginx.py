"""nginx with the configurations of `deploy/nginx`, before a small site: static files, the cache, the limits."""

import gzip
import json
import os
import ssl
import struct
import time
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone

from .servers import Site, fetch, free_port, program, put, running, wait_until

DEPLOY = Path(settings.BASE_DIR) / "deploy" / "nginx"
TOKEN = "q8Zw3kLq8Zw3kLq8Zw3kLq8Zw3kL"
PAGE = {"Cache-Control": "public, max-age=0, s-maxage=600", "Surrogate-Key": "story-12", "Vary": "Accept-Encoding"}
AROUND = """
{user}
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/newsroom.conf;
}}
"""


def certificate(folder):
    """One of our own for 127.0.0.1, and a context that believes it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([]), timezone.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(pem)
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return ssl.create_default_context(cadata=pem.decode())


class Nginx:
    """One that runs: `get` asks by https, `plain` is the port of http, `log` what it wrote."""

    def __init__(self, folder):
        self.folder, self.plain, self.port = folder, free_port(), free_port()
        self.tls = certificate(folder)

    def get(self, path, method="GET", **headers):
        return fetch(self.port, path, method, tls=self.tls, **headers)

    @property
    def log(self):
        return (self.folder / "newsroom.log").read_text(encoding="utf-8")


@pytest.fixture
def site():
    with Site() as each:
        each.pages["/story/"] = 200, PAGE, "story"
        yield each


@pytest.fixture
def start(site, tmp_path):
    """`start(name, {what else is put in place})` gives the running nginx."""
    command, opened = program("nginx"), []

    def begin(name, changes):
        nginx = Nginx(tmp_path)
        conf = put(
            (DEPLOY / name).read_text(encoding="utf-8"),
            {
                "listen 80;": f"listen 127.0.0.1:{nginx.plain};",
                "listen 443 ": f"listen 127.0.0.1:{nginx.port} ",
                "/etc/letsencrypt/live/paper.example": str(tmp_path),
                "/etc/nginx/newsroom-proxy.conf": str(DEPLOY / "newsroom-proxy.conf"),
                "/var/log/nginx": str(tmp_path),
                **changes,
            },
        )
        (tmp_path / "newsroom.conf").write_text(conf, encoding="utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path, user=user), encoding="utf-8")
        arguments = ["-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path), "-g", "daemon off;", "-e", "stderr"]
        server = running([command, *arguments], nginx.port, tmp_path / "errors.log")
        server.__enter__()
        opened.append(server)
        return nginx

    yield begin
    for server in opened:
        server.__exit__(None, None, None)


@pytest.fixture
def one(start, site, tmp_path):
    """The one machine's, with static files."""
    static = tmp_path / "static"
    (static / "css").mkdir(parents=True)
    for name in ("base.css", "base.0123456789ab.css"):
        (static / "css" / name).write_text("a { color: red }", encoding="utf-8")
        (static / "css" / f"{name}.gz").write_bytes(gzip.compress(b"a { color: red }"))
    (tmp_path / "cache").mkdir()
    places = {
        "127.0.0.1:8000": f"127.0.0.1:{site.port}",
        "/srv/newsroom/var/static/": f"{static}/",
        "/var/cache/nginx/newsroom": str(tmp_path / "cache"),
    }
    return start("one-machine.conf", places)


@pytest.fixture
def many(start, site):
    """That of many machines; the small site stands where Varnish would."""
    return start("many-machines.conf", {"127.0.0.1:6081": f"127.0.0.1:{site.port}", "flush=5s": "flush=100ms"})


def test_static_files_are_sent_by_it_compressed_and_for_good_where_the_name_says_so(one, site):
    status, headers, text = one.get("/static/css/base.css")
    assert (status, text) == (200, "a { color: red }")
    assert headers["cache-control"] == "public, max-age=3600"
    assert headers["x-content-type-options"] == "nosniff"
    hashed = one.get("/static/css/base.0123456789ab.css")[1]
    assert hashed["cache-control"] == "public, max-age=31536000, immutable"
    assert hashed["content-type"] == "text/css"
    assert one.get("/static/css/none.css")[0] == 404
    assert site.asked == []
    for path in ("/static../newsroom.conf", "/static/../newsroom.conf", "/static/%2e%2e/newsroom.conf"):
        assert "privkey" not in one.get(path)[2]


def test_static_files_come_compressed(one):
    connection_headers = {"accept_encoding": "gzip, br"}
    for name in ("base.css", "base.0123456789ab.css"):
        headers = one.get(f"/static/css/{name}", "HEAD", **connection_headers)[1]
        assert headers["content-encoding"] == "gzip"
        assert "Accept-Encoding" in headers["vary"]


def test_page_is_kept_and_keys_stay_between_site_and_cache(one, site):
    first = one.get("/story/")
    assert one.get("/story/")[2] == first[2]
    assert site.times("/story/") == 1
    assert "surrogate-key" not in first[1]
    for headers in (first[1], one.get("/story/")[1]):
        assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert one.get("/story/?page=2")[2] != first[2]


def test_each_form_is_kept_once(one, site):
    for accepted in ("gzip, deflate, br", "br", "gzip", "gzip;q=0.5", "identity", ""):
        one.get("/story/", accept_encoding=accepted)
    assert [headers.get("accept-encoding") for _m, _p, headers in site.asked] == ["br", "gzip", None]


def test_who_is_signed_in_is_never_answered_from_it_and_leaves_nothing_in_it(one, site):
    kept = one.get("/story/")[2]
    for headers in (
        {"cookie": "sessionid=x"},
        {"cookie": "theme=dark; newsroom_primary=1"},
        {"authorization": "Basic eDp5"},
    ):
        assert one.get("/story/", **headers)[2] not in (kept, one.get("/story/", **headers)[2])
    assert one.get("/story/")[2] == kept
    assert one.get("/story/", cookie="theme=dark")[2] == kept


def test_page_that_may_not_be_kept_is_not(one, site):
    site.pages["/own/"] = 200, {"Cache-Control": "public, max-age=0, must-revalidate"}, "own"
    site.pages["/desk/"] = 200, {"Cache-Control": "no-store"}, "desk"
    for path in ("/own/", "/desk/", "/no-such-page/"):
        assert one.get(path)[2] != one.get(path)[2]
        assert one.get(path)[1].get("cache-control") == site.pages.get(path, (404, {}, ""))[1].get("Cache-Control")


def test_pictures_are_kept_for_a_minute_whatever_browsers_may_do(one, site):
    site.pages["/media/a.jpg"] = (
        200,
        {"Cache-Control": "public, max-age=604800, immutable", "Vary": "Cookie"},
        "picture",
    )
    _status, headers, first = one.get("/media/a.jpg")
    assert one.get("/media/a.jpg")[2] == first
    assert "immutable" in headers["cache-control"]
    assert one.get("/media/a.jpg", cookie="sessionid=x")[2] != first
    assert one.get("/media/hidden.jpg")[2] != one.get("/media/hidden.jpg")[2]
    (kept,) = [path for path in (one.folder / "cache").rglob("*") if path.is_file()]
    until, _stale, _error, _last, _date = struct.unpack_from("<8x5q", kept.read_bytes())
    assert until - time.time() < 70


def test_pages_go_on_while_the_site_is_started_anew(one, site):
    site.pages["/short/"] = 200, {"Cache-Control": "public, s-maxage=1"}, "short"
    kept = one.get("/short/")[2]
    site.pages["/short/"] = 503, {}, "starting"
    wait_until(lambda: site.times("/short/") > 1 or not one.get("/short/"), "the page grew old")
    assert one.get("/short/")[::2] == (200, kept)
    assert one.get("/other/")[0] == 404


@pytest.mark.parametrize("which", ["one", "many"])
def test_site_is_told_who_asks_and_not_what_the_client_wrote(which, request, site):
    nginx = request.getfixturevalue(which)
    forged = {"x_forwarded_for": "192.0.2.1", "x_request_id": "forged-by-a-client", "x_forwarded_proto": "http"}
    site.pages["/story/"] = 200, PAGE | {"X-Request-ID": "the-first-readers"}, "story"
    status, answered, _text = nginx.get("/story/", **forged)
    headers = site.asked[-1][2]
    assert (status, answered["x-request-id"]) == (200, headers["x-request-id"])
    assert nginx.get("/story/")[1]["x-request-id"] not in (headers["x-request-id"], "the-first-readers")
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "https"
    assert headers["x-request-id"] != "forged-by-a-client"
    wait_until(lambda: headers["x-request-id"] in nginx.log, "the log has the number that the site was told")


@pytest.mark.parametrize("which", ["one", "many"])
def test_plain_addresses_lead_to_secure_ones_and_nobody_purges(which, request, site):
    nginx = request.getfixturevalue(which)
    status, headers, _text = fetch(nginx.plain, "/story/?a=b", host="paper.example")
    assert (status, headers["location"]) == (301, "https://paper.example/story/?a=b")
    for method in ("PURGE", "BAN", "TRACE", "PUT"):
        assert nginx.get("/", method, surrogate_key="story-12")[0] == 405
    assert site.asked == []


@pytest.mark.parametrize("which", ["one", "many"])
def test_log_is_json_without_the_secret_part_of_an_address(which, request):
    nginx = request.getfixturevalue(which)
    for path in (f"/preview/{TOKEN}/", f"/calendar/{TOKEN}.ics?a=1", "/story/?q=secret"):
        nginx.get(path)
    wait_until(lambda: nginx.log.count("\n") == 3, "each request has its line")
    told = [json.loads(line) for line in nginx.log.splitlines()]
    assert [line["address"] for line in told] == ["/preview/…", "/calendar/…", "/story/"]
    assert TOKEN not in nginx.log
    assert "secret" not in nginx.log


def test_signing_in_is_slowed_down(one, site):
    site.pages["/admin/login/"] = 200, {"Cache-Control": "no-store"}, "login"
    answers = [one.get("/admin/login/", "POST")[0] for _time in range(40)]
    assert answers[0] == 200
    assert answers.count(429) >= 10


def test_monitors_addresses_are_not_outside(many, site):
    site.pages["/metrics"] = site.pages["/readyz"] = 200, {}, "inside"
    assert many.get("/metrics")[0] == many.get("/readyz")[0] == 404
    assert many.get("/healthz")[0] == 200
