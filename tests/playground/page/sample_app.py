"""A small Bolt app for the page's tests: everything that a person can meet on the page, once."""

from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from tests.playground.conftest import NO_CERTIFICATES

Json = dict[str, Any]

SUBMITTED: list[Mapping[str, Any]] = []
"""The state of every accepted submission, newest last."""


def build_app(bot_token: str, api_url: str) -> App:
    """The app, speaking to the Web API at `api_url`."""
    app = App(
        name="sample",
        client=WebClient(token=bot_token, base_url=api_url, ssl=NO_CERTIFICATES),
        token_verification_enabled=False,
        process_before_response=True,
    )
    app.command("/report")(_offer_report)
    app.action("write")(_open_report)
    app.action("nothing")(_nothing)
    app.action("menu")(_menu)
    app.action("area")(_area)
    app.action("open-counter")(_open_counter)
    app.action("counted")(_count)
    app.action("next-question")(_ask_next)
    app.action("open-people")(_open_people)
    app.options("one")(_offer_people)
    app.options("some")(_offer_people)
    app.view("people")(_submit_people)
    app.view("report")(_submit_report)
    app.view("review")(_submit_review)
    app.view("broken")(_break)
    app.action("open-broken")(_open_broken)
    app.action("draft-note")(lambda ack: ack())
    app.event("app_mention")(_mentioned)
    app.event("app_home_opened")(_publish_home)
    app.event("message")(lambda: None)
    return app


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def button(action_id: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def report_view(*, error_hint: bool = False) -> Json:
    """A modal with one input of most kinds."""
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Highlight report"),
        "submit": plain("Next"),
        "close": plain("Cancel"),
        "notify_on_close": True,
        "blocks": [
            {"type": "context", "block_id": "progress", "elements": [
                {"type": "mrkdwn", "text": "Section *1 of 2* · 6–19 June 2020"}]},
            {"type": "input", "block_id": "activity", "label": plain("Recovery activity"),
             "hint": plain("What was done in this period."),
             "element": {"type": "rich_text_input", "action_id": "answer",
                         "placeholder": plain("Write here, or paste from a document")}},
            {"type": "input", "block_id": "headline", "label": plain("Headline"),
             "element": {"type": "plain_text_input", "action_id": "answer", "max_length": 80}},
            {"type": "input", "block_id": "confidence", "label": plain("Confidence"),
             "optional": True,
             "element": {"type": "radio_buttons", "action_id": "answer",
                         "options": options("High", "Medium", "Low")}},
            {"type": "input", "block_id": "themes", "label": plain("Themes"), "optional": True,
             "element": {"type": "checkboxes", "action_id": "answer",
                         "options": options("Workforce", "Finance")}},
            {"type": "input", "block_id": "until", "label": plain("Until"), "optional": True,
             "element": {"type": "datepicker", "action_id": "answer",
                         "initial_date": "2020-06-19"}},
        ],
    }  # fmt: skip


def review_view(answer: Json) -> Json:
    """The second step: what was written, to be sent."""
    return {
        "type": "modal",
        "callback_id": "review",
        "title": plain("Review"),
        "submit": plain("Submit"),
        "blocks": [
            {"type": "header", "block_id": "h", "text": plain("Recovery activity")},
            {**answer, "block_id": "shown"},
            {"type": "input", "block_id": "note", "label": plain("Note"), "optional": True,
             "element": {"type": "plain_text_input", "action_id": "answer"}},
        ],
    }  # fmt: skip


def _offer_report(ack: Ack, client: WebClient, command: Json) -> None:
    ack()
    client.chat_postMessage(
        channel=command["channel_id"],
        text="Your highlight report is due",
        blocks=[
            {"type": "header", "text": plain("Your highlight report is due")},
            {"type": "section", "text": {"type": "mrkdwn", "text":
                f"<@{command['user_id']}>, the report of *Community Learning* for "
                "_6–19 June 2020_ is due by *Tuesday 23 June, 12:00* :memo:"},
             "accessory": {"type": "overflow", "action_id": "menu",
                           "options": options("Later", "Hand over")}},
            {"type": "actions", "block_id": "acts", "elements": [
                button("write", "Write report", style="primary"),
                button("nothing", "Nothing to report", style="danger", confirm={
                    "title": plain("Nothing to report?"), "text": plain("Every section is nil."),
                    "confirm": plain("Send"), "deny": plain("Go back")}),
                {"type": "static_select", "action_id": "area", "options":
                    options("Community Learning", "Libraries"),
                 "placeholder": plain("Another area")},
            ]},
            {"type": "context", "elements": [{"type": "mrkdwn", "text": "Period 5 · edition 1"}]},
        ],
    )  # fmt: skip


def _open_report(ack: Ack, client: WebClient, body: Json) -> None:
    client.views_open(trigger_id=body["trigger_id"], view=report_view())
    ack()


def _nothing(ack: Ack, respond: Respond) -> None:
    ack()
    respond(text="A nil report was sent.", replace_original=False)


def _menu(ack: Ack, respond: Respond, action: Json) -> None:
    ack()
    chosen = action["selected_option"]["text"]["text"]
    respond(text=f"You chose {chosen}.", replace_original=False)


def _area(ack: Ack, client: WebClient, body: Json, action: Json) -> None:
    ack()
    message = body["message"]
    chosen = action["selected_option"]["text"]["text"]
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"Now for *{chosen}*"}},
        message["blocks"][2],
    ]
    client.chat_update(
        channel=body["channel"]["id"], ts=message["ts"], text=f"Now for {chosen}", blocks=blocks
    )


def _submit_report(ack: Ack, view: Json) -> None:
    values = view["state"]["values"]
    if "tba" in (values["headline"]["answer"]["value"] or "").lower():
        ack(response_action="errors", errors={"headline": "Say it in words, not TBA."})
        return
    SUBMITTED.append(values)
    ack(response_action="push", view=review_view(values["activity"]["answer"]["rich_text_value"]))


def _submit_review(ack: Ack, client: WebClient, body: Json) -> None:
    ack(response_action="clear")
    user = body["user"]["id"]
    answer = SUBMITTED[-1]["activity"]["answer"]["rich_text_value"]
    posted = client.chat_postMessage(
        channel="C0COORD",
        text="Community Learning has reported",
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text":
                 "*Community Learning* has reported"}}],
    )  # fmt: skip
    client.chat_postMessage(
        channel="C0COORD", thread_ts=posted["ts"], text="Recovery activity", blocks=[answer]
    )
    client.chat_postEphemeral(channel="C0COORD", user=user, text="Thank you, your report is in.")


def _open_broken(ack: Ack, client: WebClient, body: Json) -> None:
    view = {**report_view(), "callback_id": "broken", "title": plain("Broken")}
    client.views_open(trigger_id=body["trigger_id"], view=view)
    ack()


def counter_view(progress: str, question: str = "Story") -> Json:
    """A modal that tells how much was typed, while it is typed."""
    return {
        "type": "modal",
        "callback_id": "counter",
        "title": plain("Counter"),
        "submit": plain("Send"),
        "blocks": [
            {"type": "context", "block_id": "count", "elements": [plain(progress)]},
            {"type": "input", "block_id": question, "label": plain(question),
             "dispatch_action": True,
             "element": {"type": "rich_text_input", "action_id": "counted",
                         "dispatch_action_config":
                         {"trigger_actions_on": ["on_character_entered"]}}},
            {"type": "actions", "block_id": "steps", "elements": [
                button("next-question", "Next question")]},
        ],
    }  # fmt: skip


def _open_counter(ack: Ack, client: WebClient, body: Json) -> None:
    client.views_open(trigger_id=body["trigger_id"], view=counter_view("Nothing yet"))
    ack()


def _count(ack: Ack, client: WebClient, body: Json, action: Json) -> None:
    ack()
    elements = action["rich_text_value"]["elements"][0]["elements"]
    typed = sum(len(element["text"]) for element in elements)
    client.views_update(view_id=body["view"]["id"], view=counter_view(f"{typed} characters"))


def _ask_next(ack: Ack, client: WebClient, body: Json) -> None:
    ack()
    client.views_update(view_id=body["view"]["id"], view=counter_view("Go on", "Moral"))


def people_view() -> Json:
    """A modal with selects whose options the app offers while one types."""
    select = {"type": "external_select", "action_id": "one", "min_query_length": 2}
    multi = {"type": "multi_external_select", "action_id": "some", "min_query_length": 0}
    return {
        "type": "modal",
        "callback_id": "people",
        "title": plain("People"),
        "submit": plain("Send"),
        "blocks": [
            {"type": "input", "block_id": "one", "label": plain("Author"), "element": select},
            {"type": "input", "block_id": "some", "label": plain("Readers"), "element": multi},
        ],
    }


def _open_people(ack: Ack, client: WebClient, body: Json) -> None:
    client.views_open(trigger_id=body["trigger_id"], view=people_view())
    ack()


def _offer_people(ack: Ack, payload: Json) -> None:
    names = ("Amber", "Ambrose", "Birch")
    found = [name for name in names if name.lower().startswith(payload["value"].lower())]
    if payload["action_id"] == "one":
        ack(option_groups=[{"label": plain("Team"), "options": options(*found)}])
    else:
        ack(options=options(*found))


def _submit_people(ack: Ack, view: Json) -> None:
    SUBMITTED.append(view["state"]["values"])
    ack()


def _break(ack: Ack) -> None:
    raise RuntimeError("this listener fails on purpose")


def _mentioned(client: WebClient, event: Json) -> None:
    client.chat_postMessage(
        channel=event["channel"],
        thread_ts=event.get("thread_ts", event["ts"]),
        text=f"You said: {event['text']}",
    )


def _publish_home(client: WebClient, event: Json) -> None:
    client.views_publish(
        user_id=event["user"],
        view={
            "type": "home",
            "blocks": [
                {"type": "header", "text": plain("Your areas")},
                {"type": "section", "text": {"type": "mrkdwn", "text": "*Community Learning*\n"
                 "Period 5 is open · due <!date^1592910000^{date_long} at {time}|Tuesday>"},
                 "accessory": button("write", "Write report", style="primary")},
                {"type": "divider"},
                {"type": "actions", "elements": [button("open-broken", "Open broken"),
                    button("open-counter", "Open counter"),
                    button("open-people", "Open people")]},
                {"type": "input", "block_id": "draft", "dispatch_action": True,
                 "label": plain("Quick note"),
                 "element": {"type": "plain_text_input", "action_id": "draft-note"}},
            ],
        },
    )  # fmt: skip
