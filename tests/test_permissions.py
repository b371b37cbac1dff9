"""The matrix of who may do what, cell by cell, and what each person can see at all."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from articles import permissions
from articles.models import Article
from articles.permissions import MATRIX, MODEL_PERMISSIONS, Role
from articles.workflow import Status
from tests import factories

# Of six articles: own draft, own in review, of their desk, of another desk in review, of another desk assigned to
# them for review, of another desk: which may the person read?
READS = {
    "Writer": "own_draft own_in_review",
    "Editor": "own_draft own_in_review on_desk",
    "Reviewer": "own_in_review elsewhere_in_review asked",
    "Publisher": "own_draft own_in_review on_desk elsewhere_in_review asked elsewhere",
    "Admin": "",
}
EDITS = {
    "Writer": "own_draft",
    "Editor": "own_draft own_in_review on_desk",
    "Reviewer": "",
    "Publisher": READS["Publisher"],
    "Admin": "",
}


@pytest.fixture
def six(db):
    """Builds the six articles around one person of a role."""

    def build(role):
        person, other = factories.person("me", role), factories.person("other", "Writer")
        world, courts = factories.desk(), factories.desk("Courts", "courts")
        world.members.add(person)
        made = {
            "own_draft": factories.article(person, courts),
            "own_in_review": factories.article(person, courts),
            "on_desk": factories.article(other, world),
            "elsewhere_in_review": factories.article(other, courts),
            "asked": factories.article(other, courts, reviewer=person),
            "elsewhere": factories.article(other, courts),
        }
        for name in ("own_in_review", "elsewhere_in_review"):
            Article.objects.filter(pk=made[name].pk).update(status=Status.IN_REVIEW)
        return person, made

    return build


@pytest.mark.parametrize("role", READS)
@pytest.mark.parametrize(("action", "table"), [("read_draft", READS), ("edit_draft", EDITS)])
def test_rows_and_predicate_agree_with_the_matrix(role, action, table, six):
    person, made = six(role)
    expected = set(table[role].split())
    ids = {article.pk: name for name, article in made.items()}
    assert {ids[article.pk] for article in Article.objects.open_to(person, action)} == expected
    allowed = {ids[article.pk] for article in Article.objects.all() if article.allows(action, person)}
    assert allowed == expected


@pytest.mark.parametrize("action", MATRIX)
def test_strangers_and_the_roleless_may_do_nothing(action, article, db):
    nobody = factories.person("nobody")
    for person in (AnonymousUser(), nobody):
        assert not article.allows(action, person)
        assert not Article.objects.open_to(person, action).exists()


def test_a_role_without_staff_status_counts_for_nothing(article):
    person = factories.person("ex", "Publisher")
    person.is_staff = False
    person.save()
    assert not article.allows("read_draft", person)


def test_groups_hold_just_what_the_table_says(db):
    for role, row in MODEL_PERMISSIONS.items():
        held = Group.objects.get(name=role).permissions.values_list("codename", flat=True)
        assert sorted(held) == sorted(row), role
        assert len(row) == len(set(row)), role


def test_the_widest_role_of_a_person_counts(six):
    person, made = six("Writer")
    person.groups.add(Group.objects.get(name="Publisher"))
    vars(person).pop("_newsroom_roles", None)
    assert permissions.roles_of(person) == {Role.WRITER, Role.PUBLISHER}
    assert made["elsewhere"].allows("edit_draft", person)
