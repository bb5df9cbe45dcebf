"""What the whole app adds to a dispatch by Bolt and a commit by SQLite, in one process."""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from slack_sdk.signature import SignatureVerifier

from benchmarks import bare
from benchmarks.measuring import Ratio, in_turns, ratio_of
from benchmarks.office import (
    SIGNING_SECRET,
    database_file,
    make_draft,
    stored_revisions,
    wired_bot,
)
from benchmarks.submissions import Author, Request
from highlightbot.persistence.sqlite import sqlite_driver
from highlightbot.slack.payloads import payload_of

ROUNDS = 1000
_WARM_UP = 50


def measure(rounds: int = ROUNDS) -> list[Ratio]:
    """A signed request that stores a revision, against a bare one and then the same rows by SQL."""
    with tempfile.TemporaryDirectory() as our_name, tempfile.TemporaryDirectory() as their_name:
        our_directory, their_directory = Path(our_name), Path(their_name)
        view = make_draft(our_directory)
        make_draft(their_directory)
        bot = wired_bot(our_directory)
        bare_app = bare.quick_app()
        try:
            with closing(_connect(their_directory)) as connection:
                commit = _committing(connection)
                ours, theirs = in_turns(
                    partial(_timed, partial(_answer, bot.app), Author(view)),
                    partial(_timed, partial(_answer_barely, bare_app, commit), Author(view)),
                    rounds=rounds,
                    warm_up=_WARM_UP,
                )
        finally:
            bot.stop()
        stored = stored_revisions(our_directory), stored_revisions(their_directory)
        dispatched = len(ours) + _WARM_UP, len(theirs) + _WARM_UP
        if stored != dispatched:
            raise AssertionError(f"{dispatched} were dispatched, {stored} are stored")
    return [ratio_of("durable dispatch / bare dispatch + SQLite commit", ours, theirs, bar=1.5)]


def _timed(answer: Callable[[Request], BoltResponse], author: Author) -> float:
    """The milliseconds that one submission takes."""
    asked = author.submission()
    started = time.perf_counter()
    response = answer(asked)
    ended = time.perf_counter()
    if response.status != 200 or '"errors"' in response.body:
        raise AssertionError(f"answered {response.status} {response.body}")
    return (ended - started) * 1000


def _answer(app: App, asked: Request) -> BoltResponse:
    assert _verifier.is_valid_request(asked.body, asked.headers)
    payload = payload_of(asked.body.encode())
    return app.dispatch(BoltRequest(body=payload, mode="socket_mode"))


def _answer_barely(app: App, commit: Callable[[], None], asked: Request) -> BoltResponse:
    response = app.dispatch(BoltRequest(body=asked.body, headers=dict(asked.headers)))
    commit()
    return response


_verifier = SignatureVerifier(SIGNING_SECRET)


def _connect(directory: Path) -> Any:
    connection = sqlite_driver().connect(database_file(directory), isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    assert mode == "wal"
    return connection


def _committing(connection: Any) -> Callable[[], None]:
    """Writes one more revision of the only report, in one transaction."""
    answers = connection.execute("SELECT section_key, nil, text FROM draft_answers").fetchall()
    (person_id,) = connection.execute("SELECT saved_by FROM draft_answers").fetchone()
    (report_id,) = connection.execute("SELECT id FROM reports").fetchone()
    number = 0

    def commit() -> None:
        nonlocal number
        number += 1
        at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        revision = (report_id, number, f"view:V{number:010}", "U0AUTHOR", person_id, _HEADLINE, at)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_UPDATE, (number, _HEADLINE, report_id))
        revision_id = connection.execute(_REVISION, revision).lastrowid
        connection.executemany(_ANSWER, [(revision_id, *answer) for answer in answers])
        connection.execute("COMMIT")

    return commit


_HEADLINE = "Every branch is open again on at least three days a week"
_UPDATE = "UPDATE reports SET revision = ?, headline = ? WHERE id = ?"
_REVISION = (
    "INSERT INTO revisions (report_id, number, submission_key, author, person_id, headline,"
    " submitted_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_ANSWER = "INSERT INTO revision_answers (revision_id, section_key, nil, text) VALUES (?, ?, ?, ?)"
