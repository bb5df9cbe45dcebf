import json
import logging
import sys

from highlightbot.monitoring.logs import JsonLines


def line(record: logging.LogRecord) -> dict[str, object]:
    text = JsonLines().format(record)
    assert "\n" not in text
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def record(message: str = "delivery %s sent", *arguments: object) -> logging.LogRecord:
    made = logging.LogRecord("highlightbot.x", logging.INFO, "x.py", 1, message, arguments, None)
    made.created = 1_795_000_000.25
    return made


def test_record_is_one_object() -> None:
    assert line(record("delivery %s sent", 7)) == {
        "time": "2026-11-18T11:06:40.250Z",
        "level": "INFO",
        "logger": "highlightbot.x",
        "message": "delivery 7 sent",
    }


def test_fields_of_a_delivery_stand_beside_the_message() -> None:
    sent = record("sent")
    sent.__dict__.update(delivery=7, kind="summary", attempt=2, outcome="sent", programme=1)
    assert {
        name: line(sent)[name] for name in ("delivery", "kind", "attempt", "outcome", "programme")
    } == {"delivery": 7, "kind": "summary", "attempt": 2, "outcome": "sent", "programme": 1}


def test_what_is_no_field_is_left_out() -> None:
    sent = record("sent")
    sent.__dict__.update(answer="what somebody wrote")
    assert "answer" not in line(sent)


def test_traceback_is_told_in_the_same_line() -> None:
    failed = record("reference 1a2b")
    try:
        raise LookupError("no such thing")
    except LookupError:
        failed.exc_info = sys.exc_info()
    error = line(failed)["error"]
    assert isinstance(error, str)
    assert error.endswith("LookupError: no such thing")
