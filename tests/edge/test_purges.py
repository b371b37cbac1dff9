"""Every process hears of every purge, in a file or through Redis, and drops all where it may have missed one."""

import os
import time

import pytest
import redis

from articles.edge.purges import ALL, FileLog, Hearing
from articles.edge.redis_log import RedisLog

REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def test_who_comes_later_hears_what_is_told_from_then_on(tmp_path):
    writer = FileLog(tmp_path / "purges")
    writer.append(frozenset({"story-1"}))
    reader = FileLog(tmp_path / "purges")
    assert reader.read() == []
    writer.append(frozenset({"story-2", "stories"}))
    writer.append(frozenset({"section-%D8%B9"}))
    assert reader.read() == [{"story-2", "stories"}, {"section-%D8%B9"}]
    assert reader.read() == []


def test_a_line_that_is_half_written_waits(tmp_path):
    writer, reader = FileLog(tmp_path / "purges"), FileLog(tmp_path / "purges")
    writer.append(frozenset({"a"}))
    reader.read()
    with open(tmp_path / "purges", "ab") as file:
        file.write(b"story-")
    assert reader.read() == []
    with open(tmp_path / "purges", "ab") as file:
        file.write(b"7\n")
    assert reader.read() == [{"story-7"}]


def test_where_the_file_is_another_one_everything_goes(tmp_path, monkeypatch):
    monkeypatch.setattr(FileLog, "LONGEST", 40)
    writer = FileLog(tmp_path / "purges")
    writer.append(frozenset({"story-1"}))
    reader = FileLog(tmp_path / "purges")
    for number in range(2, 8):
        writer.append(frozenset({f"story-{number}"}))
    assert reader.read() == [ALL]
    assert (tmp_path / "purges").stat().st_size <= 40
    writer.append(frozenset({"story-9"}))
    assert reader.read() in ([ALL], [{"story-9"}])


def test_what_was_purged_while_a_page_was_made_is_known(tmp_path):
    log = FileLog(tmp_path / "purges")
    hearing = Hearing(FileLog(tmp_path / "purges"))
    log.append(frozenset({"story-1"}))
    list(hearing.news())
    since = hearing.count
    assert not hearing.has_changed({"story-1"}, since)
    log.append(frozenset({"story-2"}))
    list(hearing.news())
    assert hearing.has_changed({"story-2"}, since)
    assert not hearing.has_changed({"story-1"}, since)
    log.append(ALL)
    list(hearing.news())
    assert hearing.has_changed({"story-1"}, since)


def test_more_than_can_be_remembered_counts_as_changed(tmp_path):
    log = FileLog(tmp_path / "purges")
    hearing = Hearing(FileLog(tmp_path / "purges"))
    for number in range(Hearing.LATELY + 1):
        log.append(frozenset({f"story-{number}"}))
    list(hearing.news())
    assert hearing.has_changed({"actor-1"}, 0)


@pytest.fixture
def stream(monkeypatch):
    """A stream of this test in a real Redis."""
    client = redis.Redis.from_url(REDIS)
    try:
        client.ping()
    except redis.RedisError as error:
        pytest.skip(f"Redis does not answer at {REDIS}: {error}")
    name = f"test:purges:{os.getpid()}:{time.monotonic_ns()}"
    monkeypatch.setattr(RedisLog, "STREAM", name)
    yield name
    client.delete(name)


def heard(log, wanted, seconds=1.0):
    """What the log told until `wanted` was among it, within a second."""
    found, end = [], time.monotonic() + seconds
    while wanted not in found and time.monotonic() < end:
        found += log.read()
        time.sleep(0.005)
    return found


def test_through_redis_a_purge_is_heard_within_a_second(stream):
    reader, writer = RedisLog(REDIS), RedisLog(REDIS)
    assert heard(reader, ALL) == [ALL]  # what it kept before it listened
    assert not reader.is_blind
    writer.append(frozenset({"story-1", "stories"}))
    assert heard(reader, {"story-1", "stories"}) == [{"story-1", "stories"}]


def test_without_redis_a_process_is_blind_and_what_it_had_to_tell_waits(stream, monkeypatch):
    lost = RedisLog("redis://127.0.0.1:1/0")
    lost.append(frozenset({"story-1"}))
    assert heard(lost, ALL) == [ALL]
    assert lost.is_blind
    reader = RedisLog(REDIS)
    heard(reader, ALL)
    lost.client = redis.Redis.from_url(REDIS, decode_responses=True)  # it is back
    assert heard(reader, {"story-1"}, 3)[-1] == {"story-1"}
    assert not lost.is_blind
