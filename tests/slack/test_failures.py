"""What people are answered when something goes wrong."""

import json
import socket
from urllib.error import URLError

import pytest
from slack_sdk import WebClient

from highlightbot.core.errors import StorageFailure
from highlightbot.slack.failures import answer_failure, log, sentence_for
from highlightbot.slack.forms import notice, review
from tests.slack.shown import faults, page_text
from tests.slack.values import desk

CANNOT_STORE = StorageFailure("database is locked")


def refused(view):
    """The answer to a submission of the view that could not be stored."""
    body = {"type": "view_submission", "view": view.to_dict()}
    return json.loads(answer_failure(CANNOT_STORE, body, WebClient()).body)


def test_a_submission_is_refused_beside_its_first_input():
    answer = refused(review.build(desk()))
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["headline:0"]
    assert answer["errors"]["headline:0"].startswith("The database cannot take this just now")


def test_a_submission_without_inputs_gives_way_to_a_notice():
    answer = refused(notice.build("Confirm this?"))
    assert answer["response_action"] == "update"
    assert faults(answer["view"]) == []
    assert page_text(answer["view"]).startswith("The database cannot take this just now")


def test_a_slack_that_does_not_answer_is_told_once_and_is_no_bug(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/api/"
        client = WebClient("xoxb-1", base_url=address, timeout=1, retry_handlers=[])
        click = {"type": "block_actions", "trigger_id": "1.2.3", "user": {"id": "U1"}}
        response = answer_failure(URLError("timed out"), click, client)
    assert response.status == 503  # Slack says itself that it did not work
    assert [record.levelname for record in caplog.records if record.name == log.name] == [
        "WARNING",
        "WARNING",
    ]
    assert sentence_for(URLError("timed out")).startswith("Slack did not answer the bot just now.")
