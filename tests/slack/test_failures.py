"""What people are answered when something goes wrong."""

import json

from slack_sdk import WebClient

from highlightbot.core.errors import StorageFailure
from highlightbot.slack.failures import answer_failure
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
    assert list(answer["errors"]) == ["headline"]
    assert answer["errors"]["headline"].startswith("The database cannot take this just now")


def test_a_submission_without_inputs_gives_way_to_a_notice():
    answer = refused(notice.build("Confirm this?"))
    assert answer["response_action"] == "update"
    assert faults(answer["view"]) == []
    assert page_text(answer["view"]).startswith("The database cannot take this just now")
