"""Varnish with `deploy/varnish/newsroom.vcl` before a small site: what it keeps, and how it is told to drop it."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from articles import purging

from .servers import Site, fetch, free_port, program, put, running, wait_until

VCL = Path(settings.BASE_DIR) / "deploy" / "varnish" / "newsroom.vcl"
KEPT = "public, max-age=0, s-maxage=600, stale-while-revalidate=30"


@pytest.fixture
def site():
    with Site() as each:
        for path, keys in {
            "/story/": "settings story-12 stories",
            "/other/": "settings story-1 story-123 actor-a.b",
            "/old/": "story-9",
        }.items():
            each.pages[path] = 200, {"Cache-Control": KEPT, "Surrogate-Key": keys, "Vary": "Accept-Encoding"}, path
        yield each


@pytest.fixture
def varnish(site, tmp_path):
    """The port it listens on."""
    command, port = program("varnishd"), free_port()
    backend = f'.host = "127.0.0.1"; .port = "{site.port}"'
    vcl = put(
        VCL.read_text(encoding="utf-8"),
        {
            '.host = "10.0.0.11"; .port = "8000"': backend,
            '.host = "10.0.0.12"; .port = "8000"': backend,
            ".interval = 2s": ".interval = 0.2s",
        },
    )
    (tmp_path / "site.vcl").write_text(vcl, encoding="utf-8")
    arguments = ["-F", "-j", "none", "-n", str(tmp_path / "n"), "-a", f"127.0.0.1:{port}", "-s", "malloc,16m"]
    arguments += ["-f", str(tmp_path / "site.vcl"), "-p", "http_gzip_support=off", "-p", "thread_pool_min=5"]
    arguments += ["-p", "ban_lurker_age=0.1"]
    with running([command, *arguments], port, tmp_path / "varnish.log"):
        wait_until(lambda: fetch(port, "/healthz")[0] == 200, "the probe finds the site well")
        yield port


def body(port, path, **headers):
    return fetch(port, path, **headers)[2]


def cache(port):
    return purging.cache_at(f"varnish+http://127.0.0.1:{port}")


def test_page_is_kept_and_its_keys_stay_between_site_and_cache(varnish, site):
    first = fetch(varnish, "/story/")
    assert first[0] == 200
    assert fetch(varnish, "/story/")[2] == first[2]
    assert site.times("/story/") == 1
    assert first[1]["cache-control"] == "public, max-age=0, must-revalidate"
    assert not {"surrogate-key", "age", "via", "x-varnish"} & set(first[1])


def test_each_form_is_kept_once_whatever_a_browser_writes(varnish, site):
    for accepted in ("gzip, deflate, br", "br;q=1, gzip", "gzip", "gzip, deflate", "", "identity"):
        fetch(varnish, "/story/", accept_encoding=accepted)
    assert [headers.get("accept-encoding") for _m, _p, headers in site.asked] == ["br", "gzip", None]


def test_purge_drops_just_the_pages_that_carry_a_key(varnish, site):
    before = {path: body(varnish, path) for path in ("/story/", "/other/", "/old/")}
    purging.tell(cache(varnish), ["story-12", "actor-7"])
    after = {path: body(varnish, path) for path in before}
    assert {path for path in before if before[path] != after[path]} == {"/story/"}
    purging.tell(cache(varnish), ["actor-a.b"])
    assert body(varnish, "/other/") != after["/other/"]
    purging.tell(cache(varnish), ["*"])
    assert body(varnish, "/old/") != after["/old/"]


def test_many_keys_go_in_batches(varnish, site):
    before = body(varnish, "/story/"), body(varnish, "/old/")
    purging.tell(cache(varnish), [f"actor-{number}" for number in range(2000)] + ["story-12"])
    assert body(varnish, "/story/") != before[0]
    assert body(varnish, "/old/") == before[1]


def test_readers_and_nonsense_purge_nothing(varnish, site):
    before = body(varnish, "/story/")
    through_a_proxy = {"x_forwarded_for": "203.0.113.9", "surrogate_key": "story-12"}
    assert fetch(varnish, "/", "PURGE", **through_a_proxy)[0] == 403
    for keys in ("", ".* | x", "story-12)|(", "story-12\t"):
        status = fetch(varnish, "/", "PURGE", surrogate_key=keys)[0]
        assert status == (200 if keys == "story-12\t" else 400), "a tab at the end is trimmed by the rules of HTTP"
        if status == 400:
            assert body(varnish, "/story/") == before


def test_desk_private_links_and_who_is_signed_in_go_past_it(varnish, site):
    for path in ("/admin/", "/preview/a/", "/calendar/a.ics"):
        site.pages[path] = 200, {"Cache-Control": KEPT}, path
        assert body(varnish, path) != body(varnish, path)
    for headers in ({"cookie": "a=b; sessionid=x"}, {"cookie": "newsroom_primary=1"}, {"authorization": "Basic x"}):
        assert body(varnish, "/story/", **headers) != body(varnish, "/story/", **headers)
    assert body(varnish, "/story/", cookie="theme=dark") == body(varnish, "/story/")
    site.pages["/form/"] = 200, {}, "form"
    assert fetch(varnish, "/form/", "POST")[0] == 200
    assert site.asked[-1][0] == "POST"


def test_old_page_is_sent_while_a_new_one_is_fetched(varnish, site):
    site.pages["/short/"] = (
        200,
        {"Cache-Control": "public, max-age=0, s-maxage=1, stale-while-revalidate=30", "Surrogate-Key": "a"},
        "short",
    )
    first = body(varnish, "/short/")
    wait_until(lambda: body(varnish, "/short/") != first, "the page grew old and was fetched anew")
    assert site.times("/short/") == 2, "who came while it was fetched had the old one"


def test_pages_go_on_when_no_machine_answers(varnish, site):
    site.pages["/short/"] = (
        200,
        {"Cache-Control": "public, s-maxage=1, stale-while-revalidate=1", "Surrogate-Key": "a"},
        "short",
    )
    first = body(varnish, "/short/")
    site.pages["/short/"] = 500, {}, "broken"
    site.pages["/healthz"] = 503, {}, "unwell"
    wait_until(lambda: fetch(varnish, "/other/", "POST")[0] == 503, "the probe finds the site unwell")
    assert fetch(varnish, "/short/")[::2] == (200, first)
    status, headers, text = fetch(varnish, "/other/")
    assert (status, headers["retry-after"]) == (503, "5")
    assert "Please try again" in text


def test_plain_and_secure_addresses_are_kept_apart(varnish, site):
    plain = body(varnish, "/story/", x_forwarded_proto="http")
    assert body(varnish, "/story/", x_forwarded_proto="https") != plain


def test_what_no_key_drops_is_not_kept_for_long(varnish, site, tmp_path):
    site.pages["/media/a.jpg"] = 200, {"Cache-Control": "public, max-age=3600"}, "picture"
    site.pages["/static/a.css"] = 200, {"Cache-Control": "public, max-age=3600"}, "style"
    lives = []
    for path in ("/media/a.jpg", "/static/a.css"):
        assert body(varnish, path) == body(varnish, path)
        command = [program("varnishlog"), "-n", str(tmp_path / "n"), "-d", "-g", "raw", "-i", "TTL"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
        lives.append(told.splitlines()[-1].split()[4:6])
    assert lives == [["60", "10"], ["3600", "3600"]], "time to live, grace"
    assert body(varnish, "/no-such-page/") != body(varnish, "/no-such-page/")
