from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from highlightbot.core.answers import (
    Answer,
    HistoryOf,
    LatestReport,
    LatestSummary,
    Missing,
    MissingArea,
    NotFound,
    Nothing,
    TakenAs,
    WhatToAsk,
)
from highlightbot.core.errors import NotAllowed
from highlightbot.core.people import OPERATOR
from highlightbot.core.questions import parse_question
from highlightbot.core.reports import ReportState, Revision
from highlightbot.core.rich_text import RichText
from highlightbot.workflows.answer_question import answer_question
from highlightbot.workflows.open_periods import open_periods
from highlightbot.workflows.publish_summaries import publish_summaries
from highlightbot.workflows.set_up_programme import set_up_programme
from highlightbot.workflows.write_report import reports_to_write, save_section, submit_report
from tests.workflows.office import (
    CLOSED,
    CUT_OFF,
    DECLARED,
    LAST_DAY,
    MONDAY,
    Office,
    account,
    area,
    profiles_of,
)

SECRET = "Only for Libraries and coordinators."


def ask(office: Office, who: str | None, question: str, now: datetime = LAST_DAY) -> list[Answer]:
    with office.database.reading() as unit:
        reader = unit.people.reader(account(who)) if who else OPERATOR
        return answer_question(unit, office.workspace_id, parse_question(question), reader, now)


def test_who_is_missing_names_areas_their_state_and_authors(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY)
    office.write("Parks", "bo", LAST_DAY, activity="Half.")
    (answer,) = ask(office, "kim", "who is missing?")
    assert isinstance(answer, Missing)
    assert answer.missing == (
        MissingArea("Parks", ReportState.DRAFT, ("Bo",)),
        MissingArea("Housing", ReportState.AWAITED, ("Casey",)),
    )
    assert (answer.received, answer.due_at) == (1, CUT_OFF)


def test_latest_from_an_area_as_people_type_it(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.")
    (answer,) = ask(office, "kim", "latest from the library")
    assert isinstance(answer, LatestReport)
    assert answer.report == office.newest("Libraries")


def test_latest_for_a_coordinator_is_the_newest_period_with_reports(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.")
    (answer,) = ask(office, "kim", "latest")
    assert isinstance(answer, LatestSummary)
    assert answer.reports == (office.newest("Libraries"),)
    assert answer.summary.missing == ("Parks", "Housing")
    assert answer.summary.edition == 0


def test_latest_for_a_coordinator_tells_an_edition_from_what_came_in_since(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.")
    publish_summaries(office.database, CUT_OFF)
    (published,) = ask(office, "kim", "latest", CUT_OFF)
    office.submit("Parks", "bo", CUT_OFF, activity="Trees.")
    (later,) = ask(office, "kim", "latest", CUT_OFF)
    assert [
        (answer.summary.edition, answer.has_news, answer.summary.missing)
        for answer in (published, later)
        if isinstance(answer, LatestSummary)
    ] == [(1, False, ("Parks", "Housing")), (1, True, ("Housing",))]


def test_latest_for_an_author_is_what_was_published_and_their_own_text(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity=SECRET)
    office.submit("Parks", "bo", LAST_DAY, activity="Trees.")
    (before,) = ask(office, "alex", "latest")
    assert isinstance(before, Nothing)
    publish_summaries(office.database, CUT_OFF)
    (after,) = ask(office, "alex", "latest", CUT_OFF)
    assert isinstance(after, LatestSummary)
    assert [report.area_name for report in after.reports] == ["Libraries"]
    assert after.summary.edition == 1


def test_history_of_a_theme_by_any_of_its_names_newest_first(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, staff="One joined.")
    later = CLOSED + timedelta(hours=1)
    open_periods(office.database, later)
    office.submit("Libraries", "alex", later, staff="One left.")
    for subject in ("workforce", "Workforce update"):
        (answer,) = ask(office, "kim", f"history of {subject}", later)
        assert isinstance(answer, HistoryOf)
        assert (answer.subject, answer.is_theme) == ("workforce", True)
        assert [
            (said.section.key, said.text.plain)
            for report in answer.reports
            for said in report.sections
        ] == [("staff", "One left."), ("staff", "One joined.")]


def test_history_of_an_area(office: Office) -> None:
    office.submit("Parks", "bo", LAST_DAY, activity="Trees.")
    (answer,) = ask(office, "kim", "history of parks")
    assert answer == HistoryOf("Highlights", "Parks", False, (office.newest("Parks"),))


def test_an_unknown_area_gets_the_nearest_names(office: Office) -> None:
    (answer,) = ask(office, "kim", "latest from Hosing and Homes and Gardens")
    assert isinstance(answer, NotFound)
    assert "Housing" in answer.nearest


@pytest.mark.parametrize(
    ("question", "taken_as"),
    [
        ("latest from libraries for 10-23 October", "latest from Libraries"),
        ("history of the libraries team since May", "history of Libraries"),
        ("history of workforce since May", "history of workforce"),
    ],
)
def test_words_that_a_question_has_no_place_for_are_told(
    office: Office, question: str, taken_as: str
) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.", staff="One joined.")
    told, *answers = ask(office, "kim", question)
    assert told == TakenAs(taken_as)
    assert answers == ask(office, "kim", taken_as)


def test_nothing_is_told_of_words_that_add_nothing(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.")
    plainly = ask(office, "kim", "latest from Libraries")
    assert ask(office, "kim", "please show me the latest from our library team") == plainly


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("latest from libraries and parks", ("Libraries", "Parks & Places")),
        ("history of workforce in libraries", ("Libraries", "workforce")),
    ],
)
def test_a_question_about_two_names_at_once_is_not_half_answered(
    office: Office, question: str, names: tuple[str, ...]
) -> None:
    office.declare(MONDAY, areas=(area("Libraries", "alex"), area("Parks & Places", "bo")))
    office.submit("Libraries", "alex", LAST_DAY, staff="One joined.")
    (answer,) = ask(office, "kim", question)
    assert isinstance(answer, NotFound)
    assert set(names) <= set(answer.nearest)


@pytest.mark.parametrize("question", ["latest from parks", "history of Parks"])
def test_an_area_that_is_not_the_askers_is_refused_by_name_and_not_told_about(
    office: Office, question: str
) -> None:
    office.submit("Parks", "bo", LAST_DAY, activity=SECRET)
    with pytest.raises(NotAllowed, match=r"^Only its authors .* reports of Parks\.") as refused:
        ask(office, "casey", question)
    assert SECRET not in str(refused.value)
    assert isinstance(ask(office, "bo", question)[0], LatestReport | HistoryOf)


def test_of_an_unknown_area_an_author_is_told_only_names_of_their_own(office: Office) -> None:
    (answer,) = ask(office, "casey", "latest from Quarries")
    assert answer == NotFound("Quarries", ("Housing",))


def test_the_askers_own_area_is_meant_where_several_could_be(office: Office) -> None:
    office.declare(MONDAY, areas=(area("Adult care", "alex"), area("Child care", "casey")))
    (answer,) = ask(office, "casey", "latest from care")
    assert answer == Nothing("Child care has not reported yet in Highlights.")


def test_unknown_words_get_what_can_be_asked(office: Office) -> None:
    assert ask(office, "kim", "make me a sandwich") == [WhatToAsk("make me a sandwich", True)]


def test_an_author_does_not_see_another_areas_report(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity=SECRET)
    office.submit("Housing", "casey", LAST_DAY, activity="Advice.")
    assert SECRET not in repr(ask(office, "casey", "history of activity"))
    (missing,) = ask(office, "casey", "who is missing")
    assert isinstance(missing, Missing)
    assert missing.missing == ()


@pytest.mark.parametrize(
    "question", ["latest", "latest from Libraries", "who is missing", "history of workforce"]
)
def test_an_outsider_is_refused_politely(office: Office, question: str) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity=SECRET)
    with pytest.raises(NotAllowed, match="ask a coordinator"):
        ask(office, "nobody", question)


def test_the_operator_sees_everything(office: Office) -> None:
    office.submit("Libraries", "alex", LAST_DAY, activity=SECRET)
    (answer,) = ask(office, None, "latest from libraries")
    assert isinstance(answer, LatestReport)


@pytest.fixture
def two_programmes(office: Office) -> Office:
    """Libraries report in the programme of the office, by Alex, and in "Recovery", by Casey."""
    recovery = replace(
        DECLARED, key="recovery", name="Recovery", areas=(area("Libraries", "casey"),)
    )
    set_up_programme(office.database, office.workspace_id, recovery, profiles_of(recovery), MONDAY)
    office.submit("Libraries", "alex", LAST_DAY, activity="Opened.")
    (report,) = reports_to_write(office.database, account("casey"), LAST_DAY)[1:]
    for key, text in (("activity", "Counted the cost."), ("staff", "One on loan.")):
        save_section(
            office.database,
            account("casey"),
            report.id,
            key,
            RichText.from_plain(text),
            nil=False,
            expected_version=0,
            may_be_blank=False,
            now=LAST_DAY,
        )
    submit_report(
        office.database,
        account("casey"),
        report.id,
        headline="",
        submission_key="1",
        now=LAST_DAY,
    )
    return office


def said_in(report: Revision) -> list[str]:
    return [said.text.plain for said in report.sections]


def test_latest_from_an_area_of_two_programmes_gives_both_by_name(two_programmes: Office) -> None:
    answers = ask(two_programmes, "kim", "latest from libraries")
    assert [
        (answer.programme, said_in(answer.report))
        for answer in answers
        if isinstance(answer, LatestReport)
    ] == [
        ("Highlights", ["Opened.", ""]),
        ("Recovery", ["Counted the cost.", "One on loan."]),
    ]


@pytest.mark.parametrize("subject", ["libraries", "activity"])
def test_history_in_two_programmes_is_told_by_programme(
    two_programmes: Office, subject: str
) -> None:
    answers = ask(two_programmes, "kim", f"history of {subject}")
    assert [
        (answer.programme, [said_in(report)[0] for report in answer.reports])
        for answer in answers
        if isinstance(answer, HistoryOf)
    ] == [("Highlights", ["Opened."]), ("Recovery", ["Counted the cost."])]


def test_who_is_missing_in_two_programmes_is_told_by_programme(office: Office) -> None:
    other = replace(DECLARED, key="recovery", name="Recovery", areas=(area("Libraries", "casey"),))
    set_up_programme(office.database, office.workspace_id, other, profiles_of(other), MONDAY)
    office.submit("Libraries", "alex", LAST_DAY)
    answers = ask(office, "kim", "who is missing")
    assert [
        (answer.programme, [one.area for one in answer.missing], answer.received)
        for answer in answers
        if isinstance(answer, Missing)
    ] == [("Highlights", ["Parks", "Housing"], 1), ("Recovery", ["Libraries"], 0)]


def test_who_is_missing_shows_an_author_their_own_areas_alone(office: Office) -> None:
    libraries = MissingArea("Libraries", ReportState.AWAITED, ("Alex", "Bo"))
    (answer,) = ask(office, "alex", "who is missing")
    assert isinstance(answer, Missing)
    assert (answer.missing, answer.is_whole) == ((libraries,), False)
    (answer,) = ask(office, "bo", "who is missing")
    assert isinstance(answer, Missing)
    parks = MissingArea("Parks", ReportState.AWAITED, ("Bo",))
    assert (answer.missing, answer.is_whole) == ((libraries, parks), False)
    (answer,) = ask(office, "kim", "who is missing")
    assert isinstance(answer, Missing)
    assert answer.is_whole


def test_who_is_missing_tells_areas_of_one_name_apart(office: Office) -> None:
    areas = (area("Parks", "drew"), replace(area("Parks", "casey"), key="south"))
    other = replace(DECLARED, key="green", name="Green", areas=areas)
    set_up_programme(office.database, office.workspace_id, other, profiles_of(other), MONDAY)
    (answer,) = ask(office, "drew", "who is missing")
    assert isinstance(answer, Missing)
    assert answer.missing == (MissingArea("Parks", ReportState.AWAITED, ("Drew",)),)


def test_an_area_that_is_named_exactly_comes_before_a_theme_like_it(office: Office) -> None:
    office.declare(LAST_DAY, areas=(*DECLARED.areas, area("Workforce Team", "drew")))
    assert ask(office, "kim", "history of workforce team") == [
        Nothing("Nothing has been reported on Workforce Team yet.")
    ]
