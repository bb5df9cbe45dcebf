"""Modals that are opened for Ana and submitted by her."""

from typing import Any

from slack_sdk import WebClient

from highlightbot.playground.local_slack import LocalSlack, Outcome, View
from tests.playground.conftest import ANA
from tests.playground.payloads import modal, typed

TROUBLE = Outcome(ok=False, error="We had some trouble connecting. Try again?")


def trigger(slack: LocalSlack, *, in_modal: bool = False) -> str:
    """A trigger_id of something that Ana has clicked."""
    return slack.installation.triggers.issue(ANA.id, in_modal=in_modal)


def opened(client: WebClient, slack: LocalSlack, *blocks: dict[str, Any], **view: Any) -> View:
    """A modal that the app opens for Ana."""
    client.views_open(trigger_id=trigger(slack), view=modal(*blocks, **view))
    return slack.view_stack(ANA.id)[-1]


def submitted(slack: LocalSlack, text: str | None = "Done") -> Outcome:
    """What comes of it when Ana submits the modal on top with that answer."""
    view = slack.view_stack(ANA.id)[-1]
    return slack.submit_view(ANA.id, view.id, {"answer": {"text": typed(text)}})
