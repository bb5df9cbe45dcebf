"""Modals and the Home tab: opened, pushed, updated, submitted, closed, by a real Bolt app."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from highlightbot.playground.local_slack import LocalSlack, Outcome, View
from highlightbot.playground.page.deeds import DEEDS
from highlightbot.playground.server import Playground
from highlightbot.playground.submission import after_submission
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    COORDINATION,
    GONE,
    Connect,
    HandStopwatch,
    connecting,
    make_slack,
    web_client,
)
from tests.playground.payloads import home, modal, plain, section, text_input, typed

TROUBLE = Outcome(ok=False, error="We had some trouble connecting. Try again?")


def trigger(slack: LocalSlack, *, in_modal: bool = False) -> str:
    return slack.installation.triggers.issue(ANA.id, in_modal=in_modal)


def opened(client: WebClient, slack: LocalSlack, **view: Any) -> View:
    client.views_open(trigger_id=trigger(slack), view=modal(**view))
    return slack.view_stack(ANA.id)[-1]


def submitted(slack: LocalSlack, text: str | None = "Done") -> Outcome:
    view = slack.view_stack(ANA.id)[-1]
    return slack.submit_view(ANA.id, view.id, {"answer": {"text": typed(text)}})


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


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"answer": "No"}},
        {"response_action": "update", "view": modal()},
    ],
)
def test_answer_to_who_has_left_the_modal_shows_nothing(
    slack: LocalSlack, answer: dict[str, Any]
) -> None:
    view = slack.installation.views.open(ANA.id, modal())
    slack.close_view(ANA.id, view.id)
    assert after_submission(slack.installation, view, answer) == Outcome()
    assert slack.view_stack(ANA.id) == []


@pytest.mark.parametrize(
    ("element", "value", "outcome"),
    [
        (
            {"type": "number_input", "is_decimal_allowed": False},
            {"value": "abc"},
            "Please enter a valid number.",
        ),
        (
            {"type": "multi_users_select", "max_selected_items": 1},
            {"selected_users": [ANA.id, BEN.id]},
            "Please choose 1 at most.",
        ),
        (
            {"type": "file_input"},
            {"files": [{"id": "F1", "name": "plan.pdf", "size": 10_000_001}]},
            "plan.pdf is larger than 10 MB.",
        ),
        (
            {"type": "file_input", "max_files": 1},
            {"files": [{"id": f"F{one}", "name": "a.txt", "size": 1} for one in range(2)]},
            "Please choose 1 at most.",
        ),
        ({"type": "datepicker"}, {"selected_date": "yesterday"}, None),
        (
            {"type": "static_select", "options": [{"text": plain("A"), "value": "a"}]},
            {"selected_option": {"text": plain("B"), "value": "b"}},
            None,
        ),
    ],
)
def test_what_slack_lets_nobody_submit_never_reaches_the_app(
    slack: LocalSlack, element: dict[str, Any], value: dict[str, Any], outcome: str | None
) -> None:
    block = text_input("answer", "text", **element)
    view = slack.installation.views.open(ANA.id, modal(block))
    values = {"answer": {"text": {"type": element["type"], **value}}}
    if outcome is None:
        with pytest.raises(ValueError, match=r"is no|not among"):
            slack.submit_view(ANA.id, view.id, values)
    else:
        refused = Outcome(False, field_errors={"answer": outcome})
        assert slack.submit_view(ANA.id, view.id, values) == refused
    assert slack.log.entries() == []


def test_a_conversation_chosen_in_a_modal_can_be_answered_in(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.view("report")
    def submit(ack: Any, body: dict[str, Any]) -> None:
        heard.extend(body["response_urls"])
        ack()

    connect(app)
    kind = "conversations_select"
    blocks = [
        text_input("where", "pick", type=kind, response_url_enabled=True),
        text_input("silent", "pick", type=kind),
    ]
    view = opened(client, slack, blocks=blocks)
    chosen = {"pick": {"type": kind, "selected_conversation": COORDINATION.id}}
    assert slack.submit_view(ANA.id, view.id, {"where": chosen, "silent": chosen}) == Outcome()
    (told,) = heard
    url = told.pop("response_url")
    assert told == {"block_id": "where", "action_id": "pick", "channel_id": COORDINATION.id}
    WebhookClient(url).send(text="Filed", response_type="in_channel")
    assert [one.text for one in slack.messages_for(BEN.id, COORDINATION.id)] == ["Filed"]


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


def test_submission_tells_the_state_and_closes(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.view("report")
    def submit(ack: Any, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    connect(app)
    view = opened(client, slack, private_metadata="p")
    assert submitted(slack, "<!channel>  ") == Outcome()
    assert slack.view_stack(ANA.id) == []
    (body,) = heard
    assert body["type"] == "view_submission"
    assert body["user"]["id"] == ANA.id
    assert body["view"]["id"] == view.id
    assert body["view"]["private_metadata"] == "p"
    assert body["view"]["state"]["values"] == {"answer": {"text": typed("<!channel>  ")}}


def test_blank_required_field_is_refused_before_the_app_hears(
    client: WebClient, slack: LocalSlack
) -> None:
    opened(client, slack)
    errors = {"answer": "Please complete this required field."}
    assert submitted(slack, None) == Outcome(ok=False, field_errors=errors)
    assert slack.view_stack(ANA.id)[0].errors == errors
    assert [one.kind for one in slack.log.entries()] == ["call"]


@pytest.mark.parametrize(
    ("answer", "outcome", "callbacks"),
    [
        (
            {"response_action": "errors", "errors": {"answer": "Say more"}},
            Outcome(ok=False, field_errors={"answer": "Say more"}),
            ["report"],
        ),
        ({"response_action": "errors", "errors": {"nothing": "x"}}, TROUBLE, ["report"]),
        ({"response_action": "errors", "errors": {}}, TROUBLE, ["report"]),
        (
            {"response_action": "update", "view": modal(callback_id="next")},
            Outcome(),
            ["next"],
        ),
        (
            {"response_action": "push", "view": modal(callback_id="next")},
            Outcome(),
            ["report", "next"],
        ),
        (
            {"response_action": "update", "view": modal(title=plain("x" * 25))},
            TROUBLE,
            ["report"],
        ),
        ({"response_action": "push", "view": home()}, TROUBLE, ["report"]),
        ({"response_action": "clear"}, Outcome(), []),
        ({"response_action": "explode"}, TROUBLE, ["report"]),
    ],
)
def test_response_action(
    app: App,
    connect: Connect,
    slack: LocalSlack,
    client: WebClient,
    answer: dict[str, Any],
    outcome: Outcome,
    callbacks: list[str],
) -> None:
    app.view("report")(lambda ack: ack(answer))
    connect(app)
    opened(client, slack)
    assert submitted(slack) == outcome
    stack = slack.view_stack(ANA.id)
    assert [one.callback_id for one in stack] == callbacks
    if callbacks == ["report"]:
        assert stack[0].state == {"answer": {"text": typed("Done")}}
        assert stack[0].errors == outcome.field_errors
    assert bool(slack.log.violations()) is (outcome == TROUBLE)


def test_an_empty_answer_shows_the_view_below(
    app: App, connect: Connect, slack: LocalSlack, client: WebClient
) -> None:
    app.view("report")(lambda ack: ack())
    connect(app)
    opened(client, slack, callback_id="below")
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    submitted(slack)
    assert [one.callback_id for one in slack.view_stack(ANA.id)] == ["below"]


def test_submission_of_a_view_that_is_not_on_top(client: WebClient, slack: LocalSlack) -> None:
    view = opened(client, slack)
    client.views_push(trigger_id=trigger(slack, in_modal=True), view=modal())
    assert slack.submit_view(ANA.id, view.id, {}).error is not None
    assert slack.submit_view(BEN.id, view.id, {}).error is not None


def test_submission_without_the_app_keeps_the_modal(client: WebClient, slack: LocalSlack) -> None:
    opened(client, slack)
    assert submitted(slack) == TROUBLE
    assert slack.view_stack(ANA.id)[0].state == {"answer": {"text": typed("Done")}}


@pytest.fixture
def impatient() -> Iterator[Playground]:
    with Playground(make_slack(ack_within=0.2)) as running:
        yield running


def test_submission_not_acked_in_time_keeps_the_modal(impatient: Playground) -> None:
    slack, client, release = impatient.slack, web_client(impatient), threading.Event()
    app = App(client=client, process_before_response=True)

    @app.view("report")
    def submit(ack: Any) -> None:
        release.wait(5)
        ack()

    with connecting(impatient) as connect:
        connect(app)
        opened(client, slack)
        assert submitted(slack) == TROUBLE
        assert len(slack.view_stack(ANA.id)) == 1
        entry = slack.log.entries()[-1]
        assert (entry.name, entry.acked, entry.problem) == (
            "view_submission",
            False,
            "no ack: timeout",
        )
        seen = slack.version
        release.set()
        slack.wait_for_change(seen, timeout=5)
        assert slack.log.entries()[-1].problem == "an ack that came late, twice, or for no envelope"
        assert len(slack.view_stack(ANA.id)) == 1


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
