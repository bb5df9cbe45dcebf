import pytest

from highlightbot.core.questions import (
    EXAMPLES,
    Help,
    History,
    Latest,
    Unknown,
    WhoIsMissing,
    asks_to_write,
    parse_question,
)


@pytest.mark.parametrize(
    "text",
    [
        "latest",
        "Latest!",
        "LATEST",
        "the latest",
        "what's the latest?",
        "what’s the latest report",
        "whats the latest",
        "what is the most recent report?",
        "please show me the latest",
        "Show me the latest, please.",
        "Can you show me the latest reports please?",
        "could I see the newest report",
        "I'd like to see the last summary",
        "hi, latest please. Thanks!",
        "summary",
        "the latest summary",
        "current period",
        "latest from everyone",
        "latest reports from all areas",
        "  most   recent reports ",
    ],
)
def test_parse_question_latest_of_all(text: str) -> None:
    assert parse_question(text) == Latest()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("latest from Libraries", "Libraries"),
        ("Latest from the Libraries?", "Libraries"),
        ("latest from safe guarding board", "safe guarding board"),
        ("latest reports from Libraries", "Libraries"),
        ("Latest report from adult social care, please", "adult social care"),
        ("latest highlight report for Housing Advice", "Housing Advice"),
        ("show me the latest update from IT", "IT"),
        ("newest from IT", "IT"),
        ("the most recent report by Libraries", "Libraries"),
        ("last report of housing", "housing"),
        ("latest safeguarding", "safeguarding"),
        ("latest report safeguarding", "safeguarding"),
        ("safeguarding latest", "safeguarding"),
        ("What's Safeguarding's latest report?", "Safeguarding"),
        ("Libraries’ latest", "Libraries"),
        ("what did Libraries say?", "Libraries"),
        ("what did the libraries report", "libraries"),
        ("what has Libraries said", "Libraries"),
        ("latest for Services for Children", "Services for Children"),
        ('latest from "Parks & Open Spaces"', "Parks & Open Spaces"),
    ],
)
def test_parse_question_latest_of_one_area(text: str, area: str) -> None:
    assert parse_question(text) == Latest(area)


@pytest.mark.parametrize(
    "text",
    [
        "who is missing",
        "Who's missing?",
        "whos missing",
        "who’s still missing",
        "who are missing?",
        "who is late",
        "who is overdue now",
        "missing",
        "missing reports",
        "outstanding",
        "what's missing",
        "what is still outstanding?",
        "who hasn't reported",
        "who hasn’t submitted yet?",
        "who has not submitted their report",
        "who haven't sent it in yet",
        "who's not in yet",
        "who didn't report",
        "which areas are missing",
        "Which service areas have not reported?",
        "which reports are outstanding?",
        "who still needs to report",
        "who still has to submit a report?",
        "who has yet to report",
        "who is missing this period",
        "is anyone missing?",
        "anyone still missing so far?",
        "who are we waiting for",
        "who are we still waiting on?",
        "who owes us a report",
        "please tell me who is missing",
        "can you tell me who is missing, please?",
    ],
)
def test_parse_question_who_is_missing(text: str) -> None:
    assert parse_question(text) == WhoIsMissing()


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("history of workforce", "workforce"),
        ("History of the workforce?", "workforce"),
        ("the history of Libraries", "Libraries"),
        ("show me the history of Libraries please", "Libraries"),
        ("full history of recovery", "recovery"),
        ("history workforce", "workforce"),
        ("history: finance", "finance"),
        ("history on new challenges", "new challenges"),
        ("workforce history", "workforce"),
        ("Libraries' history", "Libraries"),
        ("what was said about workforce?", "workforce"),
        ("what has been said about the workforce", "workforce"),
    ],
)
def test_parse_question_history(text: str, subject: str) -> None:
    assert parse_question(text) == History(subject)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "?",
        "??",
        "help",
        "Help me!",
        "please help",
        "hello",
        "hi there",
        "Good morning",
        "what can I ask?",
        "what can you do",
        "how does this work?",
        "commands",
    ],
)
def test_parse_question_help(text: str) -> None:
    assert parse_question(text) == Help()


@pytest.mark.parametrize(
    "text",
    [
        "what is the weather",
        "tell me a joke",
        "history",
        "who",
        "who reported",
        "is the library open?",
        "delete everything",
        "The lift is missing a button",
        "Libraries",
        "thanks",
    ],
)
def test_parse_question_unknown_keeps_the_words_as_typed(text: str) -> None:
    assert parse_question(text) == Unknown(text)


@pytest.mark.parametrize("typed", sorted(set(EXAMPLES) - {"report"}))
def test_parse_question_knows_every_example(typed: str) -> None:
    """But for "report", which opens a form and is no question."""
    assert not isinstance(parse_question(typed), Unknown)


@pytest.mark.parametrize(
    "text", ["report", "Report!", "write my report", "please write a report", "Can I report?"]
)
def test_asks_to_write(text: str) -> None:
    assert asks_to_write(text)


@pytest.mark.parametrize("text", ["latest report", "who has to report", "show me the report", ""])
def test_asks_to_write_no_question(text: str) -> None:
    assert not asks_to_write(text)


@pytest.mark.parametrize("text", ["?" * 40_000 + "x", "please " * 6_000, "latest " * 6_000])
def test_parse_question_of_a_flood_is_unknown(text: str) -> None:
    assert isinstance(parse_question(text), Unknown)
