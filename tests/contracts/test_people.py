from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import Refusal
from highlightbot.core.people import Account, Person, Profile, Reader
from highlightbot.workflows.ports import Database
from tests.samples import ALEX, BO, CASEY, KIM, MAIL, PROGRAMME, Stored, account, store_programme

LONDON = ZoneInfo("Europe/London")


def test_workspace_is_made_once(database: Database) -> None:
    with database.writing() as unit:
        made = unit.people.workspace("slack", "T-1")
        assert unit.people.workspace("slack", "T-1") == made
        assert unit.people.workspace("slack") == made
        assert unit.people.workspace("slack", "T-2") != made
        assert unit.people.workspace("teams", "T-1") != made


def test_workspace_without_id_is_named_by_the_first_id(database: Database) -> None:
    with database.writing() as unit:
        unnamed = unit.people.workspace("slack")
        assert unit.people.workspace("slack") == unnamed
        assert unit.people.workspace("slack", "T-1") == unnamed
        assert unit.people.workspace("slack", "T-2") != unnamed


def test_a_known_workspace_is_found_and_none_is_made(database: Database) -> None:
    with database.reading() as unit:
        assert unit.people.known_workspace("slack") is None
        assert unit.people.known_workspace("slack", "T-1") is None
    with database.writing() as unit:
        unnamed = unit.people.workspace("slack")
    with database.reading() as unit:
        assert unit.people.known_workspace("slack") == unnamed
        assert unit.people.known_workspace("slack", "T-1") == unnamed
    with database.writing() as unit:
        unit.people.workspace("slack", "T-1")
    with database.reading() as unit:
        assert unit.people.known_workspace("slack", "T-1") == unnamed
        assert unit.people.known_workspace("slack", "T-2") is None


def test_workspace_without_id_among_several_is_refused(database: Database) -> None:
    with database.writing() as unit:
        unit.people.workspace("slack", "T-1")
        unit.people.workspace("slack", "T-2")
        with pytest.raises(Refusal, match="several slack workspaces"):
            unit.people.workspace("slack")


def test_person_is_found_in_their_workspace_alone(stored: Stored) -> None:
    with stored.database.reading() as unit:
        assert unit.people.person(account(ALEX)) == Person(
            stored.people[ALEX], "Alex Sample", "alex@example.org", "U-A", LONDON
        )
        assert unit.people.person(account(ALEX, "T-2")) is None
        assert unit.people.person(Account("teams", "T-1", "U-A")) is None
        assert unit.people.person(Account("slack", "T-1", "U-Z")) is None


def test_declared_person_without_profile_goes_by_what_was_declared(database: Database) -> None:
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        person_id = unit.people.declare(workspace_id, MAIL, None)
        assert unit.people.unresolved(workspace_id) == [
            Person(person_id, "lee@example.org", "lee@example.org", None, None)
        ]
        assert unit.people.declare(workspace_id, MAIL, None) == person_id


def test_unresolved_are_those_without_a_profile(stored: Stored) -> None:
    with stored.database.writing() as unit:
        dana = DeclaredPerson(external_id="U-D")
        dana_id = unit.people.declare(stored.workspace_id, dana, None)
        assert unit.people.unresolved(stored.workspace_id) == [
            Person(stored.people[MAIL], "lee@example.org", "lee@example.org", None, None),
            Person(dana_id, "U-D", None, "U-D", None),
        ]
        unit.people.update_profile(dana_id, Profile("U-D", "Dana Sample"))
        unit.people.update_profile(stored.people[MAIL], Profile("U-L", "Lee Sample"))
        assert unit.people.unresolved(stored.workspace_id) == []


def test_declared_again_with_a_profile_is_completed(database: Database) -> None:
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        person_id = unit.people.declare(workspace_id, MAIL, None)
        profile = Profile("U-L", "Lee Sample", "alias@example.org", LONDON)
        assert unit.people.declare(workspace_id, MAIL, profile) == person_id
        assert unit.people.person(Account("slack", "T-1", "U-L")) == Person(
            person_id, "Lee Sample", "lee@example.org", "U-L", LONDON
        )
        assert unit.people.unresolved(workspace_id) == []


def test_another_address_of_the_same_account_is_taken_over(database: Database) -> None:
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        person_id = unit.people.declare(workspace_id, MAIL, Profile("U-L", "Lee Sample"))
        married = DeclaredPerson(email="lee.b@example.org")
        profile = Profile("U-L", "Lee B. Sample", "lee.b@example.org")
        assert unit.people.declare(workspace_id, married, profile) == person_id
        assert unit.people.get(person_id).email == "lee.b@example.org"


def test_an_address_that_passes_to_another_account_makes_nobody_somebody_else(
    stored: Stored,
) -> None:
    lee = stored.people[MAIL]
    with stored.database.writing() as unit:
        unit.people.update_profile(lee, Profile("U-L", "Lee Sample", "lee@example.org"))
        new = Profile("U-N", "Lee Newcomer", "lee@example.org")
        newcomer = unit.people.declare(stored.workspace_id, MAIL, new)
        assert newcomer != lee
        assert unit.people.get(lee) == Person(lee, "Lee Sample", None, "U-L", None)
        assert unit.people.get(newcomer) == Person(
            newcomer, "Lee Newcomer", "lee@example.org", "U-N", None
        )
        assert unit.people.reader_of(newcomer) == Reader(newcomer)
        assert unit.people.reader_of(lee).areas == {stored.area_id("Housing")}


def test_profile_is_taken_over(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.people.update_profile(stored.people[MAIL], Profile("U-L", "Lee Sample", None, LONDON))
    lee = Person(stored.people[MAIL], "Lee Sample", "lee@example.org", "U-L", LONDON)
    with stored.database.reading() as unit:
        assert unit.people.person(Account("slack", "T-1", "U-L")) == lee
        assert unit.people.unresolved(stored.workspace_id) == []


def test_zone_is_kept_where_the_platform_stops_to_tell_it(stored: Stored) -> None:
    with stored.database.writing() as unit:
        unit.people.update_profile(stored.people[ALEX], Profile("U-A", "Alexis Sample"))
        assert unit.people.person(account(ALEX)) == Person(
            stored.people[ALEX], "Alexis Sample", "alex@example.org", "U-A", LONDON
        )


def test_two_who_turn_out_to_be_one_person_become_one(stored: Stored) -> None:
    """Lee leads Housing by e-mail address; Kim coordinates by id; they are the same."""
    period = stored.open_period()
    with stored.database.writing() as unit:
        unit.people.update_profile(stored.people[MAIL], Profile("U-K", "Kim Lee Sample"))
    with stored.database.reading() as unit:
        assert unit.people.reader(account(KIM)) == Reader(
            stored.people[MAIL],
            programmes=frozenset({stored.programme_id}),
            areas=frozenset({stored.area_id("Housing")}),
        )
        owed = unit.reports.open_for(stored.people[MAIL], period.due_at)
        assert [report.area_name for report in owed] == ["Housing"]
    assert [person.name for person in stored.programme.coordinators] == ["Kim Lee Sample"]


def test_reader_of_each_role(stored: Stored) -> None:
    area = {name: stored.area_id(name) for name in ("Libraries", "Parks & Gardens")}
    with stored.database.reading() as unit:
        readers = [unit.people.reader(account(person)) for person in (ALEX, BO, CASEY, KIM)]
        stranger = unit.people.reader(Account("slack", "T-1", "U-Z"))
        assert unit.people.reader_of(stored.people[BO]) == readers[1]
    ids = stored.people
    assert [*readers, stranger] == [
        Reader(ids[ALEX], areas=frozenset({area["Libraries"]})),
        Reader(ids[BO], areas=frozenset(area.values())),
        Reader(ids[CASEY]),
        Reader(ids[KIM], programmes=frozenset({stored.programme_id})),
        Reader(None),
    ]


def test_reader_keeps_a_retired_area_and_loses_a_role_that_was_taken_away(stored: Stored) -> None:
    libraries, parks = (stored.area_id(name) for name in ("Libraries", "Parks & Gardens"))
    without_bo = replace(PROGRAMME.areas[0], authors=PROGRAMME.areas[0].authors[:1])
    store_programme(stored.database, replace(PROGRAMME, areas=(without_bo,)))
    with stored.database.reading() as unit:
        assert unit.people.reader(account(BO)).areas == {parks}
        assert unit.people.reader(account(ALEX)).areas == {libraries}


def test_writer_is_lead_or_deputy_of_the_area(stored: Stored) -> None:
    libraries = stored.area_id("Libraries")
    with stored.database.reading() as unit:
        bo = unit.people.person(account(BO))
        assert bo is not None
        assert unit.people.writer(account(BO), libraries) == bo
        assert unit.people.writer(account(ALEX), stored.area_id("Housing")) is None
        assert unit.people.writer(account(KIM), libraries) is None
        assert unit.people.writer(account(BO, "T-2"), libraries) is None


def test_people_of_two_workspaces_are_apart(database: Database) -> None:
    here, there = (store_programme(database, workspace=name) for name in ("T-1", "T-2"))
    assert here.people[ALEX] != there.people[ALEX]
    with database.reading() as unit:
        assert unit.people.reader(account(KIM)).programmes == {here.programme_id}
        assert unit.people.reader(account(KIM, "T-2")).programmes == {there.programme_id}


def test_declared_by_id_and_by_address_is_one_person(database: Database) -> None:
    profile = Profile("U-L", "Lee Sample", "LEE@example.org")
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        by_id = unit.people.declare(workspace_id, DeclaredPerson(external_id="U-L"), profile)
        assert unit.people.declare(workspace_id, MAIL, None) == by_id
