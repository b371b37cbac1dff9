"""What the newsroom is called: settings, over them the one row, known to every process within a second."""

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from articles.models import Nameplate, nameplates


@pytest.fixture(autouse=True)
def _asked():
    """Here the newsroom is asked for anew."""
    nameplates.forget()


@pytest.mark.django_db
def test_settings_are_the_nameplate_when_nothing_was_set(settings):
    settings.NEWSROOM_NAME, settings.NEWSROOM_STRAPLINE = "The Record", "Who said it"
    plate = nameplates.current()
    assert (plate.name, plate.strapline, plate.accent, plate.stylesheet, plate.look_version) == (
        *("The Record", "Who said it"),
        *("", "", ""),
    )


@pytest.mark.django_db
def test_row_wins_where_it_is_filled_and_settings_where_it_is_not(settings):
    settings.NEWSROOM_STRAPLINE = "Who said it"
    Nameplate.objects.create(name="The Estuary Courier", accent="#0b4f6c")
    plate = nameplates.current()
    assert (plate.name, plate.strapline) == ("The Estuary Courier", "Who said it")
    assert "light-dark(#0b4f6c," in plate.stylesheet


@pytest.mark.django_db
def test_process_asks_once_a_second_when_many_pages_are_read(django_assert_num_queries):
    with time_machine.travel("2026-03-02 09:00", tick=False) as clock:
        with django_assert_num_queries(1):
            for _page in range(50):
                nameplates.current()
        clock.shift(1.01)
        with django_assert_num_queries(1):
            nameplates.current()


@pytest.mark.django_db
def test_other_process_sees_a_change_within_a_second():
    with time_machine.travel("2026-03-02 09:00", tick=False) as clock:
        Nameplate.objects.create(name="Before")
        assert nameplates.current().name == "Before"
        Nameplate.objects.update(name="After")  # as another process would: this one hears nothing of it
        assert nameplates.current().name == "Before"
        clock.shift(1.01)
        assert nameplates.current().name == "After"


@pytest.mark.django_db
def test_own_process_sees_a_change_at_once_when_it_is_saved():
    plate = Nameplate.objects.create(name="Before")
    assert nameplates.current().name == "Before"
    plate.name = "After"
    plate.save()
    assert nameplates.current().name == "After"


@pytest.mark.django_db
def test_last_known_name_stands_when_the_database_is_away(monkeypatch, settings):
    Nameplate.objects.create(name="The Estuary Courier")
    nameplates.current()
    nameplates.forget()

    def away(*_names):
        raise DatabaseError("gone")

    monkeypatch.setattr(Nameplate.objects, "values", away)
    assert nameplates.current().name == "The Estuary Courier"


@pytest.mark.django_db
def test_second_row_is_refused_by_the_database():
    Nameplate.objects.create(name="One")
    with pytest.raises(IntegrityError), transaction.atomic():
        Nameplate.objects.bulk_create([Nameplate(pk=2, name="Two")])
