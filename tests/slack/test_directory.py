"""What is made of Slack's users, whatever they lack."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import NotDelivered
from highlightbot.core.people import Profile
from highlightbot.slack.messenger import SlackDirectory

USER = {
    "id": "U1",
    "name": "mo",
    "real_name": "Mo Museum",
    "tz": "Europe/London",
    "profile": {"email": "mo.museum@example.org"},
}
LONDON = ZoneInfo("Europe/London")


class OneUser(WebClient):
    """A workspace of one user, who is as told."""

    def __init__(self, user: Mapping[str, Any]) -> None:
        super().__init__("xoxb-none", base_url="http://127.0.0.1:9/api/")
        self._user = user

    def users_info(self, **arguments: Any) -> Any:
        return {"ok": True, "user": self._user}


def profile_of(**changes: Any) -> Profile | None:
    user = {name: value for name, value in {**USER, **changes}.items() if value is not ...}
    return SlackDirectory(OneUser(user)).profile(DeclaredPerson(external_id="U1"))


def test_profile_of_a_user() -> None:
    assert profile_of() == Profile("U1", "Mo Museum", "mo.museum@example.org", LONDON)


@pytest.mark.parametrize("zone", [None, "", ..., "Mars/Olympus", "../secret"])
def test_a_user_without_a_zone_that_exists_has_none(zone: object) -> None:
    assert profile_of(tz=zone) == Profile("U1", "Mo Museum", "mo.museum@example.org", None)


@pytest.mark.parametrize("mark", ["is_restricted", "is_ultra_restricted", "is_stranger"])
def test_a_guest_is_a_user_like_any_other(mark: str) -> None:
    assert profile_of(**{mark: True}) == profile_of()


@pytest.mark.parametrize("mark", ["deleted", "is_bot"])
def test_who_cannot_be_written_to_is_nobody(mark: str) -> None:
    assert profile_of(**{mark: True}) is None


class Refusing(WebClient):
    """A workspace that refuses every look at a user."""

    def __init__(self, code: str) -> None:
        super().__init__("xoxb-none", base_url="http://127.0.0.1:9/api/")
        self._code = code

    def users_info(self, **arguments: Any) -> Any:
        raise SlackApiError("refused", {"ok": False, "error": self._code})


def test_a_user_whom_slack_does_not_find_is_nobody() -> None:
    person = DeclaredPerson(external_id="U1")
    assert SlackDirectory(Refusing("user_not_found")).profile(person) is None
    with pytest.raises(NotDelivered, match="team_not_found"):
        SlackDirectory(Refusing("team_not_found")).profile(person)


def test_a_user_of_whom_little_is_told_is_called_by_what_there_is() -> None:
    assert profile_of(real_name=..., profile=...) == Profile("U1", "mo", None, LONDON)
