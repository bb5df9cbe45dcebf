"""`ask`: a question at the command line, answered with everything or as one person."""

import json

from highlightbot.cli.answers import as_data, as_text
from highlightbot.cli.terminal import show
from highlightbot.cli.workspaces import present_workspace
from highlightbot.core.errors import Refusal
from highlightbot.core.people import OPERATOR, Reader
from highlightbot.core.questions import parse_question
from highlightbot.scheduling.clock import SystemClock
from highlightbot.settings import Settings
from highlightbot.workflows.answer_question import answer_question
from highlightbot.workflows.ports import UnitOfWork


def ask(settings: Settings, question: str, *, as_json: bool, email: str | None) -> int:
    """Print the answers."""
    with present_workspace(settings) as (database, workspace_id), database.reading() as unit:
        reader = _reader(unit, workspace_id, email) if email else OPERATOR
        answers = answer_question(
            unit, workspace_id, parse_question(question), reader, SystemClock().now()
        )
    if as_json:
        data = {"question": question, "answers": [as_data(answer) for answer in answers]}
        print(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        show("\n\n".join(as_text(answer) for answer in answers))
    return 0


def _reader(unit: UnitOfWork, workspace_id: int, email: str) -> Reader:
    """What somebody may read whose address a programme declares."""
    wanted = email.casefold()
    for programme in unit.programmes.all(workspace_id):
        authors = [author.person for area in programme.areas for author in area.authors]
        for person in (*programme.coordinators, *authors):
            if (person.email or "").casefold() == wanted:
                return unit.people.reader_of(person.id)
    raise Refusal(f"No programme names anybody with the address {email}.")
