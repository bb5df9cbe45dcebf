from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import NoResultFound

from highlightbot.core.errors import Refusal
from highlightbot.core.people import Author, Person, Role
from highlightbot.core.programmes import Programme, ServiceArea
from highlightbot.workflows.ports import Database
from tests.samples import (
    ALEX,
    BO,
    FORM,
    HOUSING,
    KIM,
    LIBRARIES,
    MAIL,
    NEXT_FORM,
    PARKS,
    PROFILES,
    PROGRAMME,
    TIMETABLE,
    Stored,
    store_programme,
)


def test_saved_programme_is_read_back_whole(stored: Stored) -> None:
    def person(declared: object) -> Person:
        profile = PROFILES[declared]  # type: ignore[index]  # of those that have one
        return Person(
            stored.people[declared],  # type: ignore[index]  # the same
            profile.name,
            profile.email,
            profile.external_id,
            profile.zone,
        )

    programme = stored.programme
    first = programme.areas[0].id
    lee = Person(stored.people[MAIL], "lee@example.org", "lee@example.org", None, None)
    assert programme == Programme(
        id=stored.programme_id,
        workspace_id=stored.workspace_id,
        key="highlights",
        name="Highlights",
        template_id=programme.template_id,
        timetable=TIMETABLE,
        channel="C-1",
        areas=tuple(
            ServiceArea(first + place, stored.programme_id, declared.key, declared.name, authors)
            for place, (declared, authors) in enumerate(
                (
                    (LIBRARIES, (Author(person(ALEX), Role.LEAD), Author(person(BO), Role.DEPUTY))),
                    (PARKS, (Author(person(BO), Role.LEAD),)),
                    (HOUSING, (Author(lee, Role.LEAD),)),
                )
            )
        ),
        coordinators=(person(KIM),),
    )
    with stored.database.reading() as unit:
        assert programme.template_id is not None
        assert unit.programmes.template(programme.template_id) == FORM


def test_timetable_knows_the_holidays_of_its_region(stored: Stored) -> None:
    timetable = stored.programme.timetable
    assert timetable is not None
    assert timetable.calendar.is_working_day(date(2026, 12, 24))
    assert not timetable.calendar.is_working_day(date(2026, 12, 25))


def test_saved_twice_changes_nothing(stored: Stored) -> None:
    before = stored.programme
    assert store_programme(stored.database) == stored
    assert stored.programme == before


def test_areas_keep_their_id_by_key_or_by_name(stored: Stored) -> None:
    libraries, parks, housing = (area.id for area in stored.programme.areas)
    renamed = replace(LIBRARIES, name="Libraries and Archives")
    rekeyed = replace(PARKS, key="green-spaces")
    store_programme(stored.database, replace(PROGRAMME, areas=(rekeyed, renamed)))
    assert [(a.id, a.key, a.name, a.retired) for a in stored.programme.areas] == [
        (parks, "green-spaces", "Parks & Gardens", False),
        (libraries, "libraries", "Libraries and Archives", False),
        (housing, "housing", "Housing", True),
    ]


def test_area_that_returns_is_the_one_that_it_was(stored: Stored) -> None:
    before = stored.programme
    store_programme(stored.database, replace(PROGRAMME, areas=(LIBRARIES,)))
    assert [area.retired for area in stored.programme.areas] == [False, True, True]
    store_programme(stored.database)
    assert stored.programme == before


def test_two_areas_that_swap_their_names_are_told_apart_by_key(stored: Stored) -> None:
    libraries, parks, _ = (area.id for area in stored.programme.areas)
    swapped = (replace(LIBRARIES, name=PARKS.name), replace(PARKS, name=LIBRARIES.name), HOUSING)
    store_programme(stored.database, replace(PROGRAMME, areas=swapped))
    assert [(a.id, a.name) for a in stored.programme.areas[:2]] == [
        (libraries, "Parks & Gardens"),
        (parks, "Libraries"),
    ]


def test_names_hold_any_character(database: Database) -> None:
    name = "Größe \\u0000 \x00 \ud800 🏛️ \u202e"
    area = replace(LIBRARIES, name=name)
    stored = store_programme(database, replace(PROGRAMME, name=name, areas=(area,)))
    assert (stored.programme.name, stored.programme.areas[0].name) == (name, name)


def test_all_are_in_the_order_made_and_by_workspace(database: Database) -> None:
    here, there = (store_programme(database, workspace=name) for name in ("T-1", "T-2"))
    second = store_programme(database, replace(PROGRAMME, key="second", areas=(HOUSING,)))
    with database.reading() as unit:
        assert unit.programmes.all() == [here.programme, there.programme, second.programme]
        assert unit.programmes.all(here.workspace_id) == [here.programme, second.programme]
        assert unit.programmes.all(there.workspace_id) == [there.programme]


def test_archive_has_no_timetable_and_is_made_once(database: Database) -> None:
    with database.writing() as unit:
        workspace_id = unit.people.workspace("slack", "T-1")
        archive = unit.programmes.save_archive(workspace_id, "archive", "Imported reports")
        assert unit.programmes.save_archive(workspace_id, "archive", "Another name") == archive
        assert unit.programmes.get(archive) == Programme(
            archive, workspace_id, "archive", "Imported reports", None, None, None
        )


def test_added_area_comes_last(stored: Stored) -> None:
    with stored.database.writing() as unit:
        museums = unit.programmes.add_area(stored.programme_id, "museums", "Museums", retired=True)
    assert museums == ServiceArea(
        museums.id, stored.programme_id, "museums", "Museums", retired=True
    )
    assert stored.programme.areas[3:] == (museums,)


def test_added_area_whose_key_is_taken_gets_another(stored: Stored) -> None:
    with stored.database.writing() as unit:
        added = [
            unit.programmes.add_area(stored.programme_id, "parks", f"Parks {n}", retired=False)
            for n in (2, 3)
        ]
    assert [area.key for area in added] == ["parks-2", "parks-3"]
    assert stored.programme.areas[3:] == tuple(added)


def test_template_versions_are_kept_side_by_side(stored: Stored) -> None:
    with stored.database.writing() as unit:
        old = unit.programmes.save_template(stored.workspace_id, FORM)
        new = unit.programmes.save_template(stored.workspace_id, NEXT_FORM)
        assert old == stored.programme.template_id
    with stored.database.reading() as unit:
        assert unit.programmes.templates(stored.workspace_id) == [FORM, NEXT_FORM]
        assert [unit.programmes.template(one) for one in (old, new)] == [FORM, NEXT_FORM]


@pytest.mark.parametrize("changes", [{"sections": FORM.sections[:1]}, {"title": "Another"}])
def test_template_version_that_is_another_form_is_refused(
    stored: Stored, changes: dict[str, object]
) -> None:
    changed = replace(FORM, **changes)  # type: ignore[arg-type]  # names are checked there
    with stored.database.writing() as unit, pytest.raises(Refusal, match="a version of its own"):
        unit.programmes.save_template(stored.workspace_id, changed)


def test_template_of_an_undone_transaction_is_not_remembered(stored: Stored) -> None:
    def undone() -> int:
        with stored.database.writing() as unit:
            template_id = unit.programmes.save_template(stored.workspace_id, NEXT_FORM)
            assert unit.programmes.template(template_id) == NEXT_FORM
            raise InterruptedError(template_id)

    with pytest.raises(InterruptedError) as undoing:
        undone()
    with stored.database.reading() as unit, pytest.raises(NoResultFound):
        unit.programmes.template(undoing.value.args[0])
