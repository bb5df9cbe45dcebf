from dataclasses import replace
from datetime import timedelta

import pytest

from highlightbot.core.declarations import DeclaredArea, DeclaredAuthor, DeclaredPerson
from highlightbot.core.deliveries import DeliveryStatus
from highlightbot.core.errors import (
    DeliveryFailure,
    NotDelivered,
    OutcomeUnknown,
    RateLimited,
    SenderRefused,
)
from highlightbot.core.people import Profile, Role
from highlightbot.workflows.do_what_is_due import do_what_is_due
from highlightbot.workflows.resolve_people import look_up, resolve_people
from highlightbot.workflows.set_up_programme import set_up_programme
from tests.fakes.clock import FakeClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.messenger import FakeMessenger
from tests.workflows.office import DECLARED, LAST_DAY, MONDAY, Office

ADDRESS = "mo.museum@example.org"
MUSEUMS = DeclaredArea(
    "museums", "Museums", (DeclaredAuthor(DeclaredPerson(email=ADDRESS), Role.LEAD),)
)


def declare_museums(office: Office) -> None:
    """An area whose author nobody has looked up yet."""
    declared = replace(DECLARED, areas=(*DECLARED.areas, MUSEUMS))
    set_up_programme(office.database, office.workspace_id, declared, {}, MONDAY)


def test_a_rate_limit_is_waited_for() -> None:
    profile = Profile("U-MO", "Mo Museum", ADDRESS)
    directory = FakeDirectory({ADDRESS: profile})
    directory.failures = {ADDRESS: RateLimited(30)}
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        directory.failures = {}

    mo = DeclaredPerson(email=ADDRESS)
    assert look_up(directory, [mo], wait) == {mo: profile}
    assert waited == [30]


def test_somebody_known_by_address_is_found_later(office: Office) -> None:
    declare_museums(office)
    directory = FakeDirectory({ADDRESS: Profile("U-MO", "Mo Museum", ADDRESS)})
    assert resolve_people(office.database, directory, office.workspace_id) == 0
    museums = next(area for area in office.programme.areas if area.name == "Museums")
    assert [(one.external_id, one.name) for one in museums.leads] == [("U-MO", "Mo Museum")]


def test_an_unknown_address_and_an_unreachable_platform_leave_all_as_it_is(office: Office) -> None:
    declare_museums(office)
    directory = FakeDirectory({})
    assert resolve_people(office.database, directory, office.workspace_id) == 1
    directory.failure = NotDelivered("unreachable")
    assert resolve_people(office.database, directory, office.workspace_id) == 1


@pytest.mark.parametrize(
    ("failure", "left"),
    [
        (NotDelivered("user_not_visible"), 1),
        (RateLimited(30), 2),
        (SenderRefused("token_revoked"), 2),
        (OutcomeUnknown("timeout"), 2),
    ],
)
def test_an_address_that_is_refused_holds_up_nobody_else(
    office: Office, failure: DeliveryFailure, left: int
) -> None:
    other = "ari.archive@example.org"
    archive = DeclaredAuthor(DeclaredPerson(email=other), Role.DEPUTY)
    museums = replace(MUSEUMS, authors=(*MUSEUMS.authors, archive))
    declared = replace(DECLARED, areas=(*DECLARED.areas, museums))
    set_up_programme(office.database, office.workspace_id, declared, {}, MONDAY)
    directory = FakeDirectory(
        {name: Profile(f"U-{name[:2].upper()}", name, name) for name in (ADDRESS, other)}
    )
    with office.database.reading() as unit:
        first = unit.people.unresolved(office.workspace_id)[0]
    directory.failures = {first.email or "": failure}
    assert resolve_people(office.database, directory, office.workspace_id) == left
    assert len(directory.asked) == 3 - left


def test_the_log_names_nobody(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    declare_museums(office)
    directory = FakeDirectory({})
    resolve_people(office.database, directory, office.workspace_id)
    directory.failure = NotDelivered("unreachable")
    resolve_people(office.database, directory, office.workspace_id)
    assert len(caplog.records) == 2
    assert ADDRESS not in caplog.text


def test_who_is_not_found_yet_is_waited_for_without_their_address_being_told(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    declare_museums(office)
    messenger = FakeMessenger()
    # Set up in the middle of a period, the area owes its first report for the next one.
    do_what_is_due(office.database, messenger, FakeClock(LAST_DAY + timedelta(weeks=2)))
    with office.database.reading() as unit:
        waiting = [row.reason for row in unit.ledger.rows([DeliveryStatus.PENDING], 100)]
    assert "their e-mail address is nobody's on the platform" in waiting
    assert ADDRESS not in caplog.text + str(waiting)
