"""Names folded for the register, and found in quoted words."""

import pytest

from articles import naming
from articles.naming import Named

MARAN = Named(1, "person", "Ilse Maran", ("the harbour mistress", "I. Maran"))
BOARD = Named(2, "body", "Harbour Board", ("HB",))


@pytest.mark.parametrize(
    ("name", "folded", "letter"),
    [
        ("Émile  d’Arc", "emile d'arc", "E"),
        ("éowyn", "eowyn", "E"),
        ("أحمد حداد", "احمد حداد", "ا"),
        ("U.N.", "u n", "U"),
        ("7th Brigade", "7th brigade", "#"),
        ("“The Fold”", "the fold", "T"),
        ("…", "", "#"),
    ],
)
def test_name_is_found_and_filed_whatever_its_case_accents_and_points(name, folded, letter):
    assert naming.fold(name) == folded
    assert naming.initial(name) == letter


def test_name_leads_from_each_of_its_words():
    assert naming.tails("Ilse Maran-Holt") == ["ilse maran holt", "maran holt", "holt"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ilse Maran closed it", {1}),
        ("Maran closed it", {1}),
        ("ask the harbour mistress", {1}),
        ("the HB and Maran", {1, 2}),
        ("the marans of this world", set()),
        ("a Maranite, and a hb pencil", set()),
        ("nobody closed it", set()),
    ],
)
def test_words_name_whom_they_name(words, found):
    assert naming.named_in({7: words}, [MARAN, BOARD]) == {7: found}


def test_surname_names_nobody_when_two_have_it():
    brother = Named(3, "person", "Oskar Maran")
    assert naming.named_in({7: "Maran closed it"}, [MARAN, brother]) == {7: set()}
    assert naming.named_in({7: "Oskar Maran closed it"}, [MARAN, brother]) == {7: {3}}
    firm = Named(4, "organisation", "Maran")
    assert 1 not in naming.named_in({7: "Maran closed it"}, [MARAN, firm])[7]
