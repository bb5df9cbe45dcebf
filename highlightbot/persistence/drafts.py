"""Draft answers: what authors have saved and not yet, or since, submitted."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from highlightbot.core.errors import StaleDraft
from highlightbot.core.reports import Answer, DraftAnswer
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, insert_missing
from highlightbot.persistence.tables import draft_answers, people

_DRAFT = select(
    draft_answers.c.report_id,
    draft_answers.c.section_key,
    draft_answers.c.nil,
    draft_answers.c.text,
    draft_answers.c.version,
    people.c.name,
    draft_answers.c.saved_at,
    draft_answers.c.saved_by,
).join_from(draft_answers, people)
_OF_REPORT = _DRAFT.where(draft_answers.c.report_id == bindparam("report_id"))
_DRAFTS_OF_REPORTS = _DRAFT.where(
    draft_answers.c.report_id.in_(bindparam("report_ids", expanding=True))
)
_ONE = _OF_REPORT.where(draft_answers.c.section_key == bindparam("section_key")).with_for_update(
    of=draft_answers, key_share=True
)
_ADD = insert_missing(draft_answers)
_CHANGE = (
    update(draft_answers)
    .where(
        draft_answers.c.report_id == bindparam("in_report"),
        draft_answers.c.section_key == bindparam("in_section"),
    )
    .values(
        nil=bindparam("nil"),
        text=bindparam("text"),
        version=bindparam("version"),
        saved_by=bindparam("saved_by"),
        saved_at=bindparam("saved_at"),
    )
)


def draft_of(connection: Connection, report_id: int) -> dict[str, DraftAnswer]:
    """The draft of one report, keyed by section."""
    saved = _DRAFT_OF_REPORT.all(connection, {"report_id": report_id})
    return {one.answer.section_key: one for one in saved}


def drafts_of(
    connection: Connection, report_ids: Collection[int]
) -> Mapping[int, dict[str, DraftAnswer]]:
    """The drafts of several reports, keyed by report and section."""
    drafts: dict[int, dict[str, DraftAnswer]] = defaultdict(dict)
    if report_ids:
        for row in connection.execute(_DRAFTS_OF_REPORTS, {"report_ids": list(report_ids)}):
            drafts[row.report_id][row.section_key] = _answer(row)
    return drafts


def save_answer(
    connection: Connection,
    report_id: int,
    answer: Answer,
    expected_version: int | None,
    person_id: int,
    now: datetime,
) -> int:
    """See `ports.Reports.save_answer`."""
    place = {"report_id": report_id, "section_key": answer.section_key}
    row = connection.execute(_ONE, place).one_or_none()
    if row is not None and _answer(row).answer == answer:
        return int(row.version)
    version = 0 if row is None else row.version
    if expected_version is not None and expected_version != version:
        raise _stale(row, person_id)
    said = {
        "nil": answer.nil,
        "text": answer.text,
        "version": version + 1,
        "saved_by": person_id,
        "saved_at": now,
    }
    if row is None:
        if connection.execute(_ADD, {**place, **said}).rowcount == 0:
            # Somebody else saved it first, just now: it is there to be compared with.
            return save_answer(connection, report_id, answer, expected_version, person_id, now)
    else:
        where = {"in_report": report_id, "in_section": answer.section_key}
        connection.execute(_CHANGE, {**where, **said})
    return int(version + 1)


def _answer(row: AnyRow) -> DraftAnswer:
    answer = Answer(row.section_key, row.text, row.nil)
    return DraftAnswer(answer, row.version, row.name, row.saved_at)


_DRAFT_OF_REPORT = Prepared(_OF_REPORT, _answer)


def _stale(row: AnyRow | None, person_id: int) -> StaleDraft:
    if row is None:
        who = "The saved answer was removed"
    elif row.saved_by == person_id:
        who = "You saved this section in another window"
    else:
        who = f"{row.name} saved this section"
    return StaleDraft(f"{who} since you opened it.")
