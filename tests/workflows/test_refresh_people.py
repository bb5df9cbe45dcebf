from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from highlightbot.core.duties import zone_of
from highlightbot.core.errors import NotDelivered, RateLimited
from highlightbot.core.people import Person, Profile
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.refresh_people import refresh_people
from tests.fakes.clock import FakeClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import LAST_DAY, MONDAY, Office

DAY = timedelta(days=1)
NAMES = ("ALEX", "BO", "CASEY", "KIM")


@pytest.fixture
def directory() -> FakeDirectory:
    """Everybody of the office, in no known zone."""
    return FakeDirectory({f"U-{name}": Profile(f"U-{name}", name.title()) for name in NAMES})


def lead(office: Office, area_name: str) -> Person:
    area = next(area for area in office.programme.areas if area.name == area_name)
    return area.leads[0]


def refresh(office: Office, directory: FakeDirectory, now=MONDAY) -> int:
    return refresh_people(office.database, directory, office.workspace_id, now)


def test_everybody_is_asked_about_once_a_day(office: Office, directory: FakeDirectory) -> None:
    assert refresh(office, directory) == 4
    assert refresh(office, directory, MONDAY + DAY) == 0
    assert refresh(office, directory, MONDAY + DAY + timedelta(seconds=1)) == 4


def test_who_has_moved_is_reminded_in_the_new_zone(
    office: Office, directory: FakeDirectory
) -> None:
    messenger, clock = FakeMessenger(), FakeClock(LAST_DAY - timedelta(minutes=1))
    do_what_is_due(office.database, messenger, clock)
    halifax = ZoneInfo("America/Halifax")
    directory.profiles["U-ALEX"] = Profile("U-ALEX", "Alex", zone=halifax)
    refresh(office, directory, clock.now())
    assert lead(office, "Libraries").zone == halifax
    clock.instant = LAST_DAY
    do_what_is_due(office.database, messenger, clock)
    assert "period_ended: Libraries" not in messenger.whats
    clock.instant = LAST_DAY + timedelta(hours=4)
    do_what_is_due(office.database, messenger, clock)
    assert messenger.whats[-1] == "period_ended: Libraries"


def test_who_has_left_is_not_reminded_and_the_deputy_is(
    office: Office, directory: FakeDirectory
) -> None:
    del directory.profiles["U-ALEX"]
    refresh(office, directory)
    assert lead(office, "Libraries").has_left
    messenger = FakeMessenger()
    do_what_is_due(office.database, messenger, FakeClock(LAST_DAY))
    assert {(one.conversation, one.what) for one in messenger.sent} == {
        ("D-U-BO", "period_ended: Libraries, Parks"),
        ("D-U-CASEY", "period_ended: Housing"),
    }


def test_who_is_there_again_is_reminded_again(office: Office, directory: FakeDirectory) -> None:
    alex = directory.profiles.pop("U-ALEX")
    refresh(office, directory)
    directory.profiles["U-ALEX"] = alex
    refresh(office, directory, MONDAY + 2 * DAY)
    assert not lead(office, "Libraries").has_left


def test_the_log_names_nobody(
    office: Office, directory: FakeDirectory, caplog: pytest.LogCaptureFixture
) -> None:
    del directory.profiles["U-ALEX"]
    directory.failures = {"U-BO": NotDelivered("refused"), "U-KIM": RateLimited(30)}
    assert refresh(office, directory) == 2
    assert len(caplog.records) == 3
    assert "U-" not in caplog.text


@pytest.mark.parametrize("failure", [RateLimited(30), NotDelivered("unreachable")])
def test_where_nobody_can_be_asked_nothing_changes(
    office: Office, directory: FakeDirectory, failure: NotDelivered
) -> None:
    directory.failure = failure
    assert refresh(office, directory) == 0
    directory.failure = None
    assert refresh(office, directory) == 4


def test_a_person_without_a_zone_is_reminded_in_that_of_the_programme(office: Office) -> None:
    alex = replace(lead(office, "Libraries"), zone=None)
    assert zone_of(alex, office.programme) == office.programme.zone
