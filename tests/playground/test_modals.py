"""Modals: opened, pushed, updated and closed."""

from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack, View
from highlightbot.playground.server import Playground
from tests.playground.conftest import ANA, APP, BEN, Connect, HandStopwatch, make_slack, web_client
from tests.playground.modals import opened, trigger
from tests.playground.payloads import home, modal, plain, section, text_input, typed


def test_opening_shows_the_modal(client: WebClient, slack: LocalSlack) -> None:
    answer = client.views_open(
        trigger_id=trigger(slack), view=modal(private_metadata="p", external_id="e")
    )
    (view,) = slack.view_stack(ANA.id)
    assert view == View(
        id=answer["view"]["id"],
        user_id=ANA.id,
        type="modal",
        callback_id="report",
        title=plain("Report"),
        submit=plain("Submit"),
        blocks=(text_input(),),
        private_metadata="p",
        external_id="e",
        state={"answer": {"text": typed(None)}},
        hash=answer["view"]["hash"],
        root_view_id=view.id,
    )
    assert slack.view_stack(BEN.id) == []


def test_trigger_is_good_once_and_for_three_seconds(
    client: WebClient, slack: LocalSlack, stopwatch: HandStopwatch
) -> None:
    used, late = trigger(slack), trigger(slack)
    client.views_open(trigger_id=used, view=modal())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=used, view=modal())
    stopwatch.seconds = 3.0
    client.views_open(trigger_id=late, view=modal())
    late = trigger(slack)
    stopwatch.seconds = 6.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        client.views_open(trigger_id=late, view=modal())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_open(trigger_id="1.2.3", view=modal())


def test_a_refused_view_does_not_use_the_trigger_up(client: WebClient, slack: LocalSlack) -> None:
    trigger_id = trigger(slack)
    with pytest.raises(SlackApiError) as refused:
        client.views_open(trigger_id=trigger_id, view=modal(title=plain("x" * 25)))
    assert refused.value.response["error"] == "invalid_arguments"
    assert "/view/title/text" in refused.value.response["response_metadata"]["messages"][0]
    client.views_open(trigger_id=trigger_id, view=modal())


def test_view_too_large(client: WebClient, slack: LocalSlack) -> None:
    blocks = [section("é" * 3000, block_id=str(number)) for number in range(50)]
    with pytest.raises(SlackApiError, match="view_too_large"):
        client.views_open(trigger_id=trigger(slack), view=modal(*blocks))


def test_a_file_input_needs_its_scope() -> None:
    files = {"type": "file_input", "action_id": "files"}
    view = modal({"type": "input", "label": plain("Files"), "element": files})
    for scopes, refused in ((APP.scopes, True), (APP.scopes | {"files:read"}, False)):
        with Playground(make_slack(app=replace(APP, scopes=scopes))) as playground:
            client = web_client(playground)
            trigger_id = trigger(playground.slack)
            if refused:
                with pytest.raises(SlackApiError, match="missing_scope") as error:
                    client.views_open(trigger_id=trigger_id, view=view)
                assert error.value.response["needed"] == "files:read"
            assert refused or client.views_open(trigger_id=trigger_id, view=view)["ok"]


def test_a_modal_that_takes_the_place_of_another_is_a_problem(
    client: WebClient, slack: LocalSlack
) -> None:
    def problems() -> list[str]:
        return [one.problem for one in slack.log.entries() if one.problem is not None]

    opened(client, slack)
    assert problems() == []
    view = opened(client, slack)
    assert slack.view_stack(ANA.id) == [view]
    assert problems() == ["it takes the place of an open modal; views.push would keep that"]


def test_views_are_pushed_up_to_three(client: WebClient, slack: LocalSlack) -> None:
    root = opened(client, slack)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        client.views_push(trigger_id=trigger(slack), view=modal())
    for _ in range(2):
        client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    stack = slack.view_stack(ANA.id)
    assert [one.previous_view_id for one in stack] == [None, stack[0].id, stack[1].id]
    assert {one.root_view_id for one in stack} == {root.id}


def test_update_keeps_the_id_and_what_was_typed(client: WebClient, slack: LocalSlack) -> None:
    view = opened(client, slack)
    slack.fill(ANA.id, view.id, {"answer": {"text": typed("half a sent")}})
    moved = modal(text_input(initial_value="ignored"), text_input("more", initial_value="new"))
    client.views_update(view_id=view.id, hash=view.hash, view=moved)
    (updated,) = slack.view_stack(ANA.id)
    assert (updated.id, updated.hash == view.hash) == (view.id, False)
    assert updated.state == {
        "answer": {"text": typed("half a sent")},
        "more": {"text": typed("new")},
    }
    client.views_update(view_id=view.id, view=modal(text_input("renamed")))
    assert slack.view_stack(ANA.id)[0].state == {"renamed": {"text": typed(None)}}


def test_update_refusals(client: WebClient, slack: LocalSlack) -> None:
    view = opened(client, slack, external_id="e")
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view.id, hash="1.other", view=modal())
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id="V0NONE", view=modal())
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_update(view_id=view.id, view=home())
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        client.views_open(trigger_id=trigger(slack), view=modal(external_id="e"))
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal(external_id="above"))
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        client.views_update(view_id=view.id, view=modal(external_id="above"))
    client.views_update(external_id="e", view=modal(callback_id="other", external_id="e"))
    assert slack.view_stack(ANA.id)[0].callback_id == "other"
    slack.close_view(ANA.id, slack.view_stack(ANA.id)[-1].id)
    slack.close_view(ANA.id, view.id)
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id=view.id, view=modal())


def test_closing_is_told_with_empty_state_where_asked_for(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.view_closed("report")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    connect(app)
    silent = opened(client, slack)
    slack.close_view(ANA.id, silent.id)
    told = opened(client, slack, notify_on_close=True)
    slack.fill(ANA.id, told.id, {"answer": {"text": typed("lost")}})
    slack.close_view(ANA.id, told.id)
    assert slack.view_stack(ANA.id) == []
    (body,) = heard
    assert (body["type"], body["view"]["id"], body["is_cleared"]) == ("view_closed", told.id, False)
    assert body["view"]["state"] == {"values": {}}


def test_clear_on_close_closes_the_whole_stack(client: WebClient, slack: LocalSlack) -> None:
    opened(client, slack)
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal(clear_on_close=True))
    slack.close_view(ANA.id, slack.view_stack(ANA.id)[-1].id)
    assert slack.view_stack(ANA.id) == []


def test_clearing_the_stack_is_told_of_each_view(client: WebClient, slack: LocalSlack) -> None:
    opened(client, slack, notify_on_close=True)
    view = modal(clear_on_close=True, notify_on_close=True)
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=view)
    slack.close_view(ANA.id, slack.view_stack(ANA.id)[-1].id)
    closed = [one.request["is_cleared"] for one in slack.log.entries() if one.name == "view_closed"]
    assert closed == [True, True]
