"""What coordinators ask for: who may, what makes sense, and what is kept of it."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from highlightbot.core.coordination import CalendarChange
from highlightbot.core.errors import NotAllowed, Refusal, StaleDraft
from highlightbot.workflows.coordinate import managed, programmes_meant
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.workflows.bureau import Bureau
from tests.workflows.office import CUT_OFF, DECLARED, LAST_DAY, MONDAY, account, area, profiles_of


@pytest.mark.parametrize(
    ("words", "now", "sentence"),
    [
        ("extend to yesterday 12:00", MONDAY, "no day that I can read"),
        ("extend to 8 November", MONDAY, "choose a time before that"),
        ("extend to Friday", CUT_OFF, "No open reporting period has its cut-off ahead"),
        ("end period on 20 November", MONDAY, "ends on that day already"),
        ("resume", MONDAY, "is not paused"),
        ("excuse Gardens", MONDAY, "I know no area called “Gardens”"),
        ("unexcuse Parks", MONDAY, "Parks is not excused for 7–20 November 2026"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    bureau: Bureau, words: str, now: datetime, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        bureau.foresee(words, now)


@pytest.mark.parametrize("who", ["alex", "nobody"])
def test_only_a_coordinator_may_change_anything(bureau: Bureau, who: str) -> None:
    foreseen = bureau.foresee("pause", MONDAY)
    with pytest.raises(NotAllowed, match="Only a coordinator of Highlights can do that"):
        bureau.foresee("pause", MONDAY, who)
    with pytest.raises(NotAllowed, match="Only a coordinator of Highlights can do that"):
        bureau.confirm(foreseen, MONDAY, who)
    with bureau.database.reading() as unit, pytest.raises(NotAllowed, match="Only a coordinator"):
        programmes_meant(unit, bureau.workspace_id, account(who), "pause", MONDAY)
    assert bureau.programme.pause is None


def test_what_was_changed_meanwhile_has_to_be_looked_at_again(bureau: Bureau) -> None:
    foreseen = bureau.foresee("end period on 25 November", MONDAY)
    bureau.do("end period on 18 November", MONDAY)
    with pytest.raises(StaleDraft, match="Look at it once more"):
        bureau.confirm(foreseen, MONDAY)
    assert bureau.period(MONDAY).ends_on == date(2026, 11, 18)


def test_a_change_is_kept_with_who_when_and_what(bureau: Bureau) -> None:
    foreseen = bureau.do("extend to Thursday", LAST_DAY)
    assert foreseen is not None
    with bureau.database.reading() as unit:
        kept = managed(unit, account("kim"), bureau.programme_id, LAST_DAY).changes
    assert kept == (CalendarChange("Kim", LAST_DAY, "extend to 26 November 2026", foreseen.told),)


def test_an_area_of_one_programme_alone_says_which_is_meant(bureau: Bureau) -> None:
    other = replace(DECLARED, key="other", name="Other", areas=(area("Museums", "dana"),))
    set_up_programme(bureau.database, bureau.workspace_id, other, profiles_of(other), MONDAY)

    def meant(words: str) -> list[str]:
        with bureau.database.reading() as unit:
            found = programmes_meant(unit, bureau.workspace_id, account("kim"), words, MONDAY)
        return [programme.name for programme in found]

    assert meant("excuse museums") == ["Other"]
    assert meant("chase parks") == ["Highlights"]
    assert meant("pause") == ["Highlights", "Other"]


def test_a_person_who_coordinates_an_archive_alone_has_nothing_to_manage(bureau: Bureau) -> None:
    with bureau.database.writing() as unit:
        archive = unit.programmes.save_archive(bureau.workspace_id, "past", "Past")
    with bureau.database.reading() as unit, pytest.raises(NotAllowed):
        managed(unit, account("kim"), archive, MONDAY)
