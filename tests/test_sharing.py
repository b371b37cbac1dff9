"""Links to pass a story on."""

from urllib.parse import parse_qs, unquote, urlsplit

from articles import sharing


def test_every_way_carries_title_and_address_and_nothing_else_when_made():
    title, address = "Gate & “wall”, 50% shut #1", "https://paper.example/2026/03/02/gate/"
    mail, *networks = sharing.ways(title, address)
    assert parse_qs(urlsplit(mail["url"]).query) == {"subject": [title], "body": [address]}
    for way in networks:
        parts = urlsplit(way["url"])
        assert unquote(parts.query or parts.fragment).endswith(f"text={title} {address}")
        assert "utm" not in way["url"]
