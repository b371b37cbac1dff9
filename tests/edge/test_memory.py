"""What a process keeps stays within its bound, and goes by its keys."""

import tracemalloc

import pytest

from articles.edge.memory import OVERHEAD, Memory, Page


def page(*keys, body=b"x" * 1000):
    return Page({}, '"tag"', {"br": body}, keys, 0.0)


def test_a_purge_drops_what_is_filed_under_the_key_and_nothing_else():
    memory = Memory(1_000_000)
    memory.put(("a",), page("story-1", "settings"))
    memory.put(("b",), page("story-2", "story-1"))
    memory.put(("c",), page("story-2"))
    assert memory.purge({"story-1", "story-9"}) == 2
    assert [memory.get((name,)) is not None for name in "abc"] == [False, False, True]


def test_everything_goes_at_once():
    memory = Memory(1_000_000)
    memory.put(("a",), page("story-1"))
    assert memory.purge({"*"}) == 1
    assert (len(memory), memory.size) == (0, 0)


def test_the_longest_unused_goes_when_the_bound_is_reached():
    most = 3 * page().size
    memory = Memory(most)
    for name in "abc":
        memory.put((name,), page())
    memory.get(("a",))
    memory.put(("d",), page())
    assert [memory.get((name,)) is not None for name in "abcd"] == [True, False, True, True]
    assert memory.size <= most


def test_what_is_larger_than_the_bound_is_not_kept():
    memory = Memory(OVERHEAD)
    memory.put(("a",), page())
    assert memory.get(("a",)) is None
    assert memory.size == 0


def test_another_form_counts_and_leaves_with_its_page():
    memory = Memory(1_000_000)
    kept = page("story-1")
    memory.put(("a",), kept)
    memory.grow(("a",), kept, "gzip", b"y" * 500)
    memory.grow(("b",), page(), "gzip", b"z" * 500)  # gone meanwhile: counts nothing
    assert memory.size == kept.size
    memory.purge({"story-1"})
    assert memory.size == 0


def test_a_page_takes_the_place_of_the_one_before_it():
    memory = Memory(1_000_000)
    memory.put(("a",), page("story-1"))
    new = page("story-2")
    memory.put(("a",), new)
    assert memory.get(("a",)) is new
    assert memory.size == new.size
    assert memory.purge({"story-1"}) == 0


def test_what_is_counted_is_what_is_taken():
    memory, count = Memory(50_000_000), 500
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        for number in range(count):
            path, etag, length = f"/2026/05/01/{'a-slug-' * 8}{number}/", f'"{number:032}"', f"{number:06}"
            keys = [f"story-{number + near}" for near in range(12)]
            headers = {
                "Content-Type": "text/html",
                "Last-Modified": f"Fri, 01 May 2026 12:{number:05}",
                "Vary": "Encoding",
            }
            made = Page({**headers, **dict.fromkeys("ABCDEF", "same")}, etag, {"br": bytes(7_500)}, tuple(keys), 1.0)
            made.sent["br", False] = tuple({**made.headers, "ETag": f"W/{etag}", "Content-Length": length}.items())
            memory.put(("https", "paper.example", path, ""), made)
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert memory.size == pytest.approx(taken, rel=0.1)
