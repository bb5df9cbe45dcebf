"""Answers by a response URL that does not answer itself."""

import socket
import threading

import pytest

from highlightbot.slack import response_url
from highlightbot.slack.messages.message import Message
from highlightbot.slack.response_url import respond

SAID = Message("Done.", [])


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def click_at(server):
    return {"response_url": f"http://127.0.0.1:{server.getsockname()[1]}/actions/1"}


def test_a_response_url_that_hangs_is_left_before_slack_gives_up(listening, monkeypatch, caplog):
    given_up = threading.Event()

    def answer_late():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            if not given_up.wait(30):
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    answering = threading.Thread(target=answer_late)
    answering.start()
    assert response_url.ANSWER_TIMEOUT < 3
    monkeypatch.setattr(response_url, "ANSWER_TIMEOUT", 0.05)
    respond(click_at(listening), SAID, replace=True)
    given_up.set()
    answering.join()
    assert "a click was not answered: no answer from Slack" in caplog.text


def test_a_response_url_that_hangs_up_is_called_once(listening, monkeypatch, caplog):
    def hang_up():
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)

    answering = threading.Thread(target=hang_up)
    answering.start()
    monkeypatch.setattr(response_url, "ANSWER_TIMEOUT", 1)
    respond(click_at(listening), SAID, replace=False)
    answering.join()
    assert "a click was not answered" in caplog.text
    listening.setblocking(False)
    with pytest.raises(BlockingIOError):
        listening.accept()
