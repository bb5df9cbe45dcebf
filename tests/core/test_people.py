from highlightbot.core.declarations import (
    DeclaredArea,
    DeclaredAuthor,
    DeclaredPerson,
    DeclaredProgramme,
)
from highlightbot.core.people import OPERATOR, Reader, Role
from tests.builders import person, service_area, template
from tests.core.test_programmes import FORTNIGHTLY

MINE, OTHER = 1, 2
"""Programmes."""


def test_a_coordinator_reads_the_whole_programme_and_no_other() -> None:
    reader = Reader(7, programmes=frozenset({MINE}))
    assert reader.may_read_programme(MINE)
    assert reader.may_read_area(MINE, 11)
    assert not reader.may_read_programme(OTHER)
    assert not reader.may_read_area(OTHER, 11)


def test_an_author_reads_their_own_areas_only() -> None:
    reader = Reader(7, areas=frozenset({11}))
    assert reader.may_read_area(MINE, 11)
    assert not reader.may_read_area(MINE, 12)
    assert not reader.may_read_programme(MINE)


def test_a_stranger_reads_nothing() -> None:
    reader = Reader(None)
    assert not reader.may_read_programme(MINE)
    assert not reader.may_read_area(MINE, 11)


def test_the_operator_reads_everything() -> None:
    assert OPERATOR.may_read_programme(MINE)
    assert OPERATOR.may_read_area(OTHER, 12)


def test_an_area_has_leads_and_deputies() -> None:
    lead, deputy = person(1), person(2)
    area = service_area(lead=lead, deputy=deputy)
    assert (area.leads, area.deputies) == ((lead,), (deputy,))


def test_everybody_named_in_a_declared_programme_is_among_its_people_once() -> None:
    rowan, lee = DeclaredPerson(email="rowan.example@example.org"), DeclaredPerson(external_id="U1")
    authors = (DeclaredAuthor(lee, Role.LEAD), DeclaredAuthor(rowan, Role.DEPUTY))
    declared = DeclaredProgramme(
        key="highlights",
        name="Highlights",
        template=template("activity"),
        timetable=FORTNIGHTLY,
        channel="C0123456789",
        coordinators=(rowan,),
        areas=(DeclaredArea("libraries", "Libraries", authors),),
    )
    assert declared.people == {rowan, lee}
    assert sorted(map(str, declared.people)) == ["U1", "rowan.example@example.org"]
