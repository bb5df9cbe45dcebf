"""The Home tab: published, opened, refused."""

from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack, Outcome
from highlightbot.playground.page.deeds import DEEDS
from tests.playground.conftest import ANA, APP, BEN, COORDINATION, GONE, Connect
from tests.playground.payloads import home, section


def test_home_is_published_and_published_again(client: WebClient, slack: LocalSlack) -> None:
    first = client.views_publish(user_id=ANA.id, view=home())["view"]
    second = client.views_publish(user_id=ANA.id, view=home(section("Again")), hash=first["hash"])[
        "view"
    ]
    assert second["id"] == first["id"]
    shown = slack.home_of(ANA.id)
    assert shown is not None
    assert shown.blocks[0]["text"]["text"] == "Again"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id=ANA.id, view=home(), hash=first["hash"])
    for nobody in ("U0NONE", APP.bot_user_id, GONE.id):
        with pytest.raises(SlackApiError, match="user_not_found"):
            client.views_publish(user_id=nobody, view=home())
    assert slack.home_of(BEN.id) is None


def test_opening_the_home_tab_is_told(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("app_home_opened")
    def opened_home(event: dict[str, Any], client: WebClient) -> None:
        heard.append(event)
        client.views_publish(user_id=event["user"], view=home())

    connect(app)
    assert slack.open_home(ANA.id) == Outcome()
    slack.open_home(ANA.id)
    first, second = heard
    assert (first["tab"], first["channel"]) == ("home", slack.conversations_of(ANA.id)[-1].id)
    assert "view" not in first
    shown = slack.home_of(ANA.id)
    assert shown is not None
    assert second["view"]["id"] == shown.id
    assert DEEDS["open-messages"](slack, {"as": ANA.id}) == Outcome()
    while len(heard) == 2:
        slack.wait_for_change(slack.version, timeout=0.1)
    assert (heard[2]["tab"], heard[2]["channel"]) == ("messages", first["channel"])
    assert "view" not in heard[2]


def test_home_tab_without_the_app(slack: LocalSlack) -> None:
    assert slack.open_home(ANA.id) == Outcome(
        ok=False, error="highlightbot is not responding. Try again?"
    )


def test_unknown_people_are_refused(slack: LocalSlack) -> None:
    with pytest.raises(LookupError):
        slack.open_home("U0NONE")
    with pytest.raises(LookupError):
        slack.say("U0NONE", COORDINATION.id, "x")
