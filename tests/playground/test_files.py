"""Files: the three steps, the delayed sharing, and what can be known of them."""

import urllib.error
import urllib.request
from dataclasses import replace
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from highlightbot.playground.local_slack import LocalSlack, Message
from highlightbot.playground.server import Playground
from tests.playground.conftest import (
    ANA,
    APP,
    BEN,
    COORDINATION,
    ELSEWHERE,
    connecting,
    make_slack,
    web_client,
)

SCOPES = frozenset({"files:read", "files:write"})


@pytest.fixture
def slack() -> LocalSlack:
    events = APP.events | {"file_shared"}
    return make_slack(app=replace(APP, scopes=APP.scopes | SCOPES, events=events))


def shared(slack: LocalSlack, conversation_id: str = COORDINATION.id) -> Message:
    while not (messages := slack.conversations[conversation_id].messages):
        slack.wait_for_change(slack.version, timeout=0.2)
    return messages[-1]


def step_one(client: WebClient, name: str = "report.txt", length: int = 5) -> dict[str, Any]:
    return dict(client.files_getUploadURLExternal(filename=name, length=length).data)


def upload(url: str, content: bytes = b"hello", verb: str = "POST", **headers: str) -> str:
    request = urllib.request.Request(url, content, headers, method=verb)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode())


def uploaded(client: WebClient) -> str:
    step = step_one(client)
    upload(step["upload_url"])
    return str(step["file_id"])


def test_the_three_steps_by_the_sdk(client: WebClient, slack: LocalSlack) -> None:
    told = client.files_upload_v2(
        content="hello",
        filename="report.txt",
        title="Report",
        channel=COORDINATION.id,
        initial_comment="Here it is",
    )["file"]
    assert (told["name"], told["title"], told["size"]) == ("report.txt", "Report", 5)
    assert (told["channels"], told["shares"]) == ([], {})
    message = shared(slack)
    assert message.text == "Here it is"
    assert [one["id"] for one in message.files] == [told["id"]]
    info = client.files_info(file=told["id"])["file"]
    assert info["channels"] == [COORDINATION.id]
    assert info["shares"] == {"public": {COORDINATION.id: [{"ts": message.ts}]}}
    (in_history,) = client.conversations_history(channel=COORDINATION.id)["messages"]
    assert in_history["files"][0]["id"] == told["id"]


def test_it_may_never_be_shared(client: WebClient, slack: LocalSlack) -> None:
    slack.installation.files.shared_after = None
    file_id = uploaded(client)
    client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=COORDINATION.id)
    assert client.files_info(file=file_id)["file"]["shares"] == {}
    assert slack.conversations[COORDINATION.id].messages == ()


def test_the_app_hears_that_it_was_shared(playground: Playground) -> None:
    client, log = web_client(playground), playground.slack.log
    with connecting(playground) as connect:
        connect(App(client=client, process_before_response=True))
        file_id = uploaded(client)
        client.files_completeUploadExternal(files=[{"id": file_id}], channel_id=COORDINATION.id)
        while not (heard := [one for one in log.entries() if one.name == "file_shared"]):
            playground.slack.wait_for_change(playground.slack.version, timeout=0.2)
    event = heard[0].request["event"]
    assert (event["file_id"], event["channel_id"]) == (file_id, COORDINATION.id)


def test_in_a_thread_and_to_several_places(client: WebClient, slack: LocalSlack) -> None:
    parent = client.chat_postMessage(channel=COORDINATION.id, text="Parent")["ts"]
    complete = client.files_completeUploadExternal
    complete(files=[{"id": uploaded(client)}], channel_id=COORDINATION.id, thread_ts=parent)
    while len(slack.thread_for(ANA.id, COORDINATION.id, parent)) < 2:
        slack.wait_for_change(slack.version, timeout=0.2)
    complete(files=[{"id": uploaded(client)}], channels=[COORDINATION.id, ANA.id])
    direct = slack.conversations_of(ANA.id)[-1]
    assert len(shared(slack, direct.id).files) == 1


def test_put_and_a_form_are_taken_too(client: WebClient) -> None:
    assert upload(step_one(client)["upload_url"], verb="PUT") == "OK - 5"
    form = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        b"hello\r\n--x--\r\n"
    )
    content_type = {"Content-Type": "multipart/form-data; boundary=x"}
    assert upload(step_one(client)["upload_url"], form, **content_type) == "OK - 5"


@pytest.mark.parametrize(
    ("content", "ending", "status"),
    [(b"hell", "", 400), (b"hello!", "", 400), (b"x" * 1_000_000, "", 400), (b"hello", "x", 404)],
)
def test_uploads_that_are_refused(
    client: WebClient, content: bytes, ending: str, status: int
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        upload(step_one(client)["upload_url"] + ending, content)
    refused.value.close()
    assert refused.value.code == status


def test_an_upload_url_is_good_once(client: WebClient) -> None:
    url = step_one(client)["upload_url"]
    upload(url)
    with pytest.raises(urllib.error.HTTPError) as refused:
        upload(url)
    refused.value.close()
    assert refused.value.code == 404


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("files.getUploadURLExternal", {"length": 5}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a"}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 0}, "invalid_arguments"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 10**12},
         "file_upload_size_restricted"),
        ("files.getUploadURLExternal", {"filename": "a", "length": 5, "alt_txt": "x" * 1001},
         "alt_txt_too_large"),
        ("files.completeUploadExternal", {}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "["}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [7]}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": [{"id": "F0NONE"}]}, "file_not_found"),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}], "channel_id": ELSEWHERE.id},
         "not_in_channel"),
        ("files.completeUploadExternal", {"files": [{"id": "F0"}], "channel_id": "C0OTHERTEAM"},
         "channel_not_found"),
        ("files.info", {"file": "F0NONE"}, "file_not_found"),
        ("files.delete", {"file": "F0NONE"}, "file_not_found"),
        ("files.list", {"types": "jokes"}, "unknown_type"),
        ("files.list", {"user": "U0OTHERTEAM"}, "user_not_found"),
    ],
)  # fmt: skip
def test_refusals(client: WebClient, method: str, arguments: Any, error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.api_call(method, json=arguments)
    assert refused.value.response["error"] == error


def test_the_limits_of_files_are_taken(client: WebClient) -> None:
    step_one(client, length=50_000_000)
    with pytest.raises(SlackApiError, match="file_upload_size_restricted"):
        step_one(client, length=50_000_001)
    files = [{"id": uploaded(client)}]
    with pytest.raises(SlackApiError, match="channels_limit_exceeded"):
        client.files_completeUploadExternal(files=files, channels=[COORDINATION.id] * 101)
    client.files_completeUploadExternal(files=files, channels=[COORDINATION.id] * 100)


def test_a_file_deleted_before_it_is_shared_leaves_no_message(
    client: WebClient, slack: LocalSlack
) -> None:
    slack.installation.files.shared_after = 0.05
    gone, kept = uploaded(client), uploaded(client)
    for file_id in (gone, kept):
        complete = client.files_completeUploadExternal
        complete(files=[{"id": file_id}], channel_id=COORDINATION.id)
        if file_id == gone:
            client.files_delete(file=gone)
    message = shared(slack)
    assert [one["id"] for one in message.files] == [kept]


def test_nothing_was_uploaded(client: WebClient) -> None:
    files = [{"id": step_one(client)["file_id"]}]
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=files)


def test_listed_and_deleted(client: WebClient, slack: LocalSlack) -> None:
    first, second = uploaded(client), uploaded(client)
    client.files_completeUploadExternal(
        files=[{"id": first}, {"id": second}], channel_id=COORDINATION.id
    )
    message = shared(slack)
    listed = client.files_list(count=1, page=2, channel=COORDINATION.id)
    assert [one["id"] for one in listed["files"]] == [first]
    assert listed["paging"] == {"count": 1, "total": 2, "page": 2, "pages": 2}
    assert client.files_list(types="images")["files"] == []
    client.files_delete(file=first)
    with pytest.raises(SlackApiError, match="file_deleted"):
        client.files_info(file=first)
    assert [one["id"] for one in client.files_list()["files"]] == [second]
    left = slack.installation.workspace.find_message(COORDINATION.id, message.ts)
    assert left is not None
    assert [one.get("mode") for one in left.files] == ["hosted", "tombstone"]


@pytest.fixture
def address(client: WebClient, slack: LocalSlack) -> str:
    complete = client.files_completeUploadExternal
    answer = complete(files=[{"id": uploaded(client)}], channel_id=COORDINATION.id)
    shared(slack)
    return str(answer["files"][0]["url_private"])


def test_the_app_downloads_with_its_token(address: str) -> None:
    headers = {"Authorization": f"Bearer {APP.bot_token}"}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        assert answer.read() == b"hello"
        assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("query", "token"), [("", None), ("", "xoxb-other"), ("?as=U0NOBODY", None)]
)
def test_others_do_not(address: str, query: str, token: str | None) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(address + query, headers=headers))
    refused.value.close()
    assert refused.value.code == 404


def test_a_person_of_the_channel_downloads(address: str) -> None:
    with urllib.request.urlopen(f"{address}?as={BEN.id}") as answer:
        assert answer.read() == b"hello"
