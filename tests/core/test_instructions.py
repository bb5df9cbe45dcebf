from datetime import date, time

import pytest

from highlightbot.core.errors import Refusal
from highlightbot.core.instructions import (
    EXAMPLES,
    ChaseArea,
    EndPeriod,
    ExcuseArea,
    ExpectArea,
    Instruction,
    MergePeriods,
    MoveCutOff,
    PauseProgramme,
    ResumeProgramme,
    is_instruction,
    parse_instruction,
)
from highlightbot.core.questions import EXAMPLES as QUESTIONS

SUNDAY = date(2026, 11, 22)
FRIDAY = date(2026, 11, 27)
SAID: dict[str, Instruction] = {
    "extend to Friday 12:00": MoveCutOff(FRIDAY, time(12)),
    "Extend the deadline until Friday at noon!": MoveCutOff(FRIDAY, time(12)),
    "move the cut-off to tomorrow 5pm": MoveCutOff(date(2026, 11, 23), time(17)),
    "bring forward the cutoff to 24 November at 9.30": MoveCutOff(date(2026, 11, 24), time(9, 30)),
    "extend to Friday": MoveCutOff(FRIDAY),
    "extend to Fri 27th of November 12am": MoveCutOff(FRIDAY, time(0)),
    "end period on 18 December": EndPeriod(date(2026, 12, 18)),
    "end the reporting period today": EndPeriod(SUNDAY),
    "end this period on Dec 18, 2026": EndPeriod(date(2026, 12, 18)),
    "end period on 18/12": EndPeriod(date(2026, 12, 18)),
    "end period on 2026-12-18": EndPeriod(date(2026, 12, 18)),
    "merge with next period": MergePeriods(),
    "merge this period with the next one": MergePeriods(),
    "pause": PauseProgramme(),
    "pause until 4 January": PauseProgramme(None, date(2027, 1, 4)),
    "pause the programme from 21 December until 4 January": PauseProgramme(
        date(2026, 12, 21), date(2027, 1, 4)
    ),
    "resume": ResumeProgramme(),
    "excuse the Libraries": ExcuseArea("Libraries"),
    "excuse “Parks & Gardens”": ExcuseArea("Parks & Gardens"),
    "unexcuse Libraries": ExpectArea("Libraries"),
    "don’t excuse Libraries": ExpectArea("Libraries"),
    "expect Libraries again": ExpectArea("Libraries"),
    "chase Parks.": ChaseArea("Parks"),
}


@pytest.mark.parametrize(("said", "asked"), SAID.items())
def test_parse_instruction_as_people_type_it(said: str, asked: Instruction) -> None:
    assert is_instruction(said)
    assert parse_instruction(said, SUNDAY) == asked


@pytest.mark.parametrize("asked", SAID.values())
def test_an_instruction_in_words_means_the_same_on_any_day(asked: Instruction) -> None:
    assert parse_instruction(str(asked), date(2026, 12, 31)) == asked
    assert "-" not in str(asked)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_can_be_typed(example: str) -> None:
    assert is_instruction(example)
    parse_instruction(example, SUNDAY)


@pytest.mark.parametrize("question", [*QUESTIONS, "", "history of merge", "who is excused"])
def test_a_question_is_no_instruction(question: str) -> None:
    assert not is_instruction(question)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("extend", "I do not know how to do “extend”: type for example “extend to Friday 12:00”."),
        ("end of the world", "type for example “end period on 18 December”"),
        ("chase " + "x" * 400, "type for example “chase Parks”"),
        ("extend to soon", "“soon” is no day that I can read"),
        ("extend to 30 February", "There is no day “30 February”"),
        ("extend to Friday 12/00", "There is no day “Friday 12/00”"),
        ("end period on 2026-00-18", "There is no day “2026-00-18”"),
        ("extend to Friday 25:00", "“25:00” is no time of day"),
        ("extend to Friday 13pm", "“13pm” is no time of day"),
        ("end period on Wednesday 18 December", "“Wednesday 18 December” is a Friday"),
        ("pause from yesterday", "“yesterday” is no day"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(said: str, sentence: str) -> None:
    assert is_instruction(said)
    with pytest.raises(Refusal) as refusal:
        parse_instruction(said, SUNDAY)
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Sunday", date(2026, 11, 29)),  # today is one: the next
        ("22 November", SUNDAY),
        ("21 November", date(2027, 11, 21)),
        ("29 February", date(2028, 2, 29)),
        ("1 January 2026", date(2026, 1, 1)),
    ],
)
def test_a_day_is_the_first_of_that_name_from_today_on(said: str, day: date) -> None:
    assert parse_instruction(f"end period on {said}", SUNDAY) == EndPeriod(day)
