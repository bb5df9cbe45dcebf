import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from highlightbot.core.naming import find_by_name, key_from, nearest_names, words_beside

COUNCIL = (
    "Safeguarding Partnership Boards",
    "Libraries",
    "Libraries and Archives Learning",
    "Adult Social Care",
    "Adult Social Care Finance",
    "Adult Education",
    "Children's Services",
    "Children's Centres",
    "Early Years",
    "Schools Admissions",
    "School Meals",
    "Special Educational Needs",
    "Youth Justice",
    "Youth Work",
    "Fostering",
    "Adoption",
    "IT",
    "HR",
    "Finance",
    "Legal Services",
    "Communications",
    "Public Health",
    "Housing Advice",
    "Homelessness Prevention",
    "Trading Standards",
    "Registration & Coroners",
    "Highways",
    "Street Lighting",
    "Waste and Recycling",
    "Parks & Open Spaces",
    "Museums",
    "Sport and Leisure",
    "Planning",
    "Building Control",
    "Emergency Planning",
    "Community Safety",
    "Domestic Abuse",
    "Carers' Support",
    "Mental Health",
    "Learning Disability",
)
AREAS = {name: name for name in COUNCIL}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("safe guarding board", "Safeguarding Partnership Boards"),
        ("safeguarding", "Safeguarding Partnership Boards"),
        ("Safe-guarding", "Safeguarding Partnership Boards"),
        ("safeguard boards", "Safeguarding Partnership Boards"),
        ("the safeguarding partnership", "Safeguarding Partnership Boards"),
        ("safegaurding", "Safeguarding Partnership Boards"),
        ("library", "Libraries"),
        ("libaries", "Libraries"),
        ("LIBRARIES", "Libraries"),
        ("the libraries team", "Libraries"),
        ("archives", "Libraries and Archives Learning"),
        ("adult social care", "Adult Social Care"),
        ("adults social care", "Adult Social Care"),
        ("childrens services", "Children's Services"),
        ("children’s service", "Children's Services"),
        ("childrens centre", "Children's Centres"),
        ("special edu needs", "Special Educational Needs"),
        ("it", "IT"),
        ("the IT department", "IT"),
        ("hr", "HR"),
        ("legal", "Legal Services"),
        ("comms", "Communications"),
        ("parks and open spaces", "Parks & Open Spaces"),
        ("parks", "Parks & Open Spaces"),
        ("openspaces", "Parks & Open Spaces"),
        ("coroner", "Registration & Coroners"),
        ("street lights", "Street Lighting"),
        ("carers", "Carers' Support"),
        ("homelesness", "Homelessness Prevention"),
        ("building-control", "Building Control"),
        ("emergancy planning", "Emergency Planning"),
        ("planing dept", "Planning"),
    ],
)
def test_find_by_name_as_people_type_it(typed: str, name: str) -> None:
    assert find_by_name(typed, AREAS) == name


@pytest.mark.parametrize("typed", ["youth", "adult", "health", "children", "school"])
def test_find_by_name_does_not_choose_between_several(typed: str) -> None:
    assert find_by_name(typed, AREAS) is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ?!",
        "and",
        "the",
        "recruitment",
        "throughput",
        "item",
        "fire service",
        "hs services",
        "fish and chips",
        "year 7",
        "kids",
        "x" * 5000,
    ],
)
def test_find_by_name_finds_nothing_unrelated(typed: str) -> None:
    assert find_by_name(typed, AREAS) is None


@pytest.mark.parametrize("name", COUNCIL)
def test_find_by_name_knows_each_of_forty_areas_by_its_own_name(name: str) -> None:
    assert len(AREAS) == 40
    assert find_by_name(name.upper(), AREAS) == name
    assert find_by_name(f"  the {name.lower()} ", AREAS) == name


def test_find_by_name_gives_what_the_name_stands_for() -> None:
    assert find_by_name("librarys", {"Libraries": 7, "Museums": 8}) == 7


def test_find_by_name_keeps_numbered_areas_apart() -> None:
    teams = {f"District Team {number}": number for number in (1, 2, 11)}
    assert [find_by_name(f"district team {number}", teams) for number in (1, 2, 11, 3)] == [
        1,
        2,
        11,
        None,
    ]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_find_by_name_takes_any_text(typed: str) -> None:
    assert find_by_name(typed, AREAS) in {None, *COUNCIL}


@pytest.mark.parametrize(
    ("typed", "name", "beside"),
    [
        ("libraries", "Libraries", ""),
        ("the libaries team", "Libraries", ""),
        ("our library service", "Libraries", ""),
        ("safe guarding board", "Safeguarding Partnership Boards", ""),
        ("childrens services", "Children's Services", ""),
        ("libraries for 10-23 October", "Libraries", "10 23 october"),
        ("libraries and parks", "Libraries", "park"),
        ("libraries team 2", "Libraries", "2"),
    ],
)
def test_words_beside_a_name_are_those_that_are_no_part_of_it(
    typed: str, name: str, beside: str
) -> None:
    assert words_beside(typed, name) == beside


def test_nearest_names_best_first() -> None:
    assert nearest_names("youth", AREAS) == ("Youth Justice", "Youth Work")
    assert nearest_names("adult care", AREAS)[0] == "Adult Social Care"
    assert nearest_names("sp ed needs", AREAS) == ("Special Educational Needs",)
    assert len(nearest_names("adult services", AREAS)) == 3


@pytest.mark.parametrize("typed", ["", "xyzzy", "recruitment"])
def test_nearest_names_of_something_unlike_all_are_none(typed: str) -> None:
    assert nearest_names(typed, AREAS) == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("People & Places highlight report", "people-and-places-highlight-report"),
        ("Children's Services", "childrens-services"),
        ("  Health / Safety (north) ", "health-safety-north"),
        ("Bücherei", "bücherei"),
        ("snake_case", "snake-case"),
        ("!?", ""),
    ],
)
def test_key_from_name(name: str, key: str) -> None:
    assert key_from(name) == key


@settings(deadline=None)
@given(st.text(max_size=40))
def test_key_from_a_key_is_the_key(name: str) -> None:
    assert key_from(key_from(name)) == key_from(name)


def test_names_of_one_thing_are_no_rivals() -> None:
    themes = {"communications": 1, "Communications": 1, "finance": 2, "Finance": 2}
    assert find_by_name("comms", themes) == 1
    assert find_by_name("finances", themes) == 2
