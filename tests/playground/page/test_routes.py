"""The page's addresses over HTTP: whole, safe, and with Slack's sentence for what is wrong."""

import json
import re
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from highlightbot.playground.rules import Violation
from tests.playground.page.office import APP, ASHA, BEN, Office

HOSTILE = "<img src=x onerror=alert(1)>\"'&</script><!-- \x00 مرحبا 🎉"


def get(office: Office, path: str) -> tuple[int, str]:
    try:
        with urlopen(office.url.rstrip("/") + path) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def post(
    office: Office, path: str, body: bytes, content_type: str = "application/json"
) -> tuple[int, Any]:
    request = Request(
        office.url.rstrip("/") + path, data=body, headers={"content-type": content_type}
    )
    try:
        with urlopen(request) as answer:
            return answer.status, json.load(answer)
    except HTTPError as error:
        return error.code, error.read().decode()


def do(office: Office, deed: str, **sent: Any) -> Any:
    status, answer = post(office, f"/do/{deed}", json.dumps(sent).encode())
    assert status == 200
    return answer


def test_page_without_a_person_leads_to_the_first_one(office: Office) -> None:
    with urlopen(office.url) as answer:
        assert answer.url == f"{office.url}?as={ASHA.id}"
        policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_nobody_looks_at_the_page_as_the_app(office: Office) -> None:
    with urlopen(f"{office.url}?in=C0TEA&as={APP.bot_user_id}") as answer:
        assert answer.url == f"{office.url}?in=C0TEA&as={ASHA.id}"


def test_page_asks_nothing_of_other_hosts(office: Office) -> None:
    _, html = get(office, f"/?as={ASHA.id}")
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    assert "<style" not in html
    assert " style=" not in html


def test_what_people_and_bots_write_stays_text(office: Office) -> None:
    office.slack.say(ASHA.id, "C0COORD", HOSTILE)
    (said,) = office.slack.messages_for(ASHA.id, "C0COORD")
    for path in ("/", "/parts"):
        status, html = get(office, f"{path}?as={ASHA.id}&in=C0COORD&thread={said.ts}")
        assert status == 200
        assert "<img" not in html
        assert "onerror=alert(1)&gt;" in html
    assert "<img" not in json.loads(get(office, f"/log?as={ASHA.id}")[1])["html"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/parts", 404),
        ("/parts?as=U0NOBODY", 404),
        (f"/parts?as={APP.bot_user_id}", 404),
        ("/parts?as=U0ASHA&in=C0NOWHERE", 200),
        ("/parts?as=U0ASHA&in=C0COORD&thread=../x&newest=-5", 200),
        ("/parts?as=U0ASHA&newest=99999999999999999999", 200),
        ("/changes?since=-1", 200),
        ("/log?as=U0NOBODY", 404),
        ("/static/../routes.py", 404),
        ("/do/say", 405),
        ("/nothing", 404),
    ],
)
def test_odd_addresses(office: Office, path: str, status: int) -> None:
    assert get(office, path)[0] == status


def test_log_is_searched_whole_and_shows_the_newest(office: Office) -> None:
    log = office.slack.log
    wrong = Violation("/blocks/0", "must be Æon", "https://docs.slack.dev/")
    first = log.add("call", "chat.update", {}, {"ok": False}, 0.0, violations=[wrong])
    log.add("event", "app_mention", {"text": "Straße"}, None, 0.0, acked=False)
    for _ in range(250):
        last = log.add("call", "chat.update", {}, {"ok": True}, 0.0)

    def shown(**asked: str | int) -> list[str]:
        _, answer = get(office, f"/log?{urlencode({'as': ASHA.id, **asked})}")
        told = json.loads(answer)
        assert (told["last"], told["kept"]) == (last.number, len(log.entries()))
        return re.findall(r'data-key="log-(\d+)"', told["html"])

    newest = [str(last.number - number) for number in range(200)]
    assert shown() == newest
    assert shown(since=last.number - 2) == newest[:2]
    assert shown(since=last.number) == []
    only_first, only_second = [str(first.number)], [str(first.number + 1)]
    assert shown(only="violating") == only_first
    assert shown(only="violating", since=first.number) == []
    assert shown(only="bad", kind="event") == only_second
    assert shown(words="æON") == only_first
    assert shown(words="STRASSE", only="bad") == only_second
    assert shown(words="app_mention", kind="call") == []


def test_deeds_want_json_objects(office: Office) -> None:
    assert post(office, "/do/say", b"{}", "text/plain")[0] == 415
    assert post(office, "/do/say", b"{")[0] == 400
    assert post(office, "/do/say", b"\xff")[0] == 400
    assert post(office, "/do/say", b"[]")[0] == 400
    assert post(office, "/do/say", b"[" * 100_000)[0] == 400
    half = b'{"as": "U0ASHA", "in": "C0TEA", "text": "\\ud800"}'
    assert post(office, "/do/say", half) == (400, "invalid_charset")
    assert get(office, "/parts?as=U0ASHA&in=C0TEA")[0] == 200


@pytest.mark.parametrize(
    ("deed", "sent", "error"),
    [
        ("say", {}, "as is missing"),
        ("say", {"as": ASHA.id, "in": "C0NOWHERE", "text": "x"}, "C0NOWHERE"),
        ("say", {"as": "U0NOBODY", "in": "C0TEA", "text": "x"}, "U0NOBODY"),
        ("say", {"as": ASHA.id, "in": "C0TEA", "text": "/report", "thread": "1.0"},
         "/report is not supported in threads. Sorry!"),
        ("submit", {"as": ASHA.id, "view": "V0GONE"}, "This dialog is no longer open."),
        ("click", {"as": ASHA.id, "block": "b", "action": "a", "in": "C0TEA", "ts": "1.0"},
         "This message is no longer there."),
        ("read", {"as": ASHA.id, "in": 7}, "in is missing"),
    ],
)  # fmt: skip
def test_deed_that_cannot_be_done_says_why(
    office: Office, deed: str, sent: dict[str, Any], error: str
) -> None:
    answer = do(office, deed, **sent)
    assert answer == {"ok": False, "error": answer["error"], "field_errors": {}}
    assert error in answer["error"]


def test_blank_message_is_not_sent(office: Office) -> None:
    assert do(office, "say", **{"as": ASHA.id, "in": "C0TEA", "text": " \n"})["ok"]
    assert office.slack.messages_for(ASHA.id, "C0TEA") == []


@pytest.mark.parametrize("sent", [{}, {"to": 5}, {"to": "soon"}, {"to": "2020-06-19T09:00"},
                                  {"to": "9999-12-31T00:00:00+00:00"},
                                  {"seconds": "nan"}, {"seconds": 1e300}])  # fmt: skip
def test_clock_refuses_what_is_no_instant(office: Office, sent: dict[str, Any]) -> None:
    before = office.slack.clock.now()
    assert post(office, "/do/move-clock", json.dumps(sent).encode())[0] == 400
    assert office.slack.clock.now() == before


def test_change_wakes_the_one_who_waits(office: Office) -> None:
    since = office.slack.version
    office.slack.say(BEN.id, "C0TEA", "x")
    status, answer = get(office, f"/changes?since={since}")
    assert (status, json.loads(answer)) == (200, {"version": office.slack.version})
