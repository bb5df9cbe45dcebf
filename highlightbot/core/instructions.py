"""What a coordinator may have the bot do, parsed from words.

``str()`` of an instruction is what can be typed for it on any day, with its dates written out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from highlightbot.core.day_names import written
from highlightbot.core.days import parse_day, parse_moment
from highlightbot.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class MoveCutOff:
    """Another cut-off for the period whose cut-off comes next; without ``at`` the hour stays."""

    day: date
    at: time | None = None

    def __str__(self) -> str:
        return f"extend to {written(self.day)}{f', {self.at:%H:%M}' if self.at else ''}"


@dataclass(frozen=True, slots=True)
class EndPeriod:
    """Another last day for the running period."""

    on: date

    def __str__(self) -> str:
        return f"end period on {written(self.on)}"


@dataclass(frozen=True, slots=True)
class MergePeriods:
    """One report over the running period and the next."""

    def __str__(self) -> str:
        return "merge with next period"


@dataclass(frozen=True, slots=True)
class PauseProgramme:
    """No periods and no reminders from a day, today if None, until another, or until resumed."""

    starts_on: date | None = None
    resumes_on: date | None = None

    def __str__(self) -> str:
        start = f" from {written(self.starts_on)}" if self.starts_on else ""
        return f"pause{start}{f' until {written(self.resumes_on)}' if self.resumes_on else ''}"


@dataclass(frozen=True, slots=True)
class ResumeProgramme:
    """The end of a pause."""

    def __str__(self) -> str:
        return "resume"


@dataclass(frozen=True, slots=True)
class ExcuseArea:
    """The area owes no report for one period."""

    area: str

    def __str__(self) -> str:
        return f"excuse {self.area}"


@dataclass(frozen=True, slots=True)
class ExpectArea:
    """The area owes the report that it was excused from."""

    area: str

    def __str__(self) -> str:
        return f"unexcuse {self.area}"


@dataclass(frozen=True, slots=True)
class ChaseArea:
    """A reminder to whoever is to write the area's report, now."""

    area: str

    def __str__(self) -> str:
        return f"chase {self.area}"


CalendarInstruction: TypeAlias = (
    MoveCutOff | EndPeriod | MergePeriods | PauseProgramme | ResumeProgramme
)
AreaInstruction: TypeAlias = ExcuseArea | ExpectArea | ChaseArea
Instruction: TypeAlias = CalendarInstruction | AreaInstruction

EXAMPLES = {
    "extend to Friday 12:00": "move the next cut-off, later or earlier",
    "end period on 18 December": "end the running period early or late",
    "merge with next period": "one report over the running period and the next",
    "pause until 4 January": "no periods and no reminders until that day",
    "resume": "end the pause",
    "excuse Libraries": "the area owes no report this time (unexcuse takes it back)",
    "chase Parks": "remind the area's author now",
}
"""What a coordinator can type, with what it does."""

_CUT_OFF = r"(?: (?:the |this |our |next )?(?:cut-?off|deadline|period|due date))?"
_VERBS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Instruction]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (
            rf"(?:extend|move|postpone|bring forward){_CUT_OFF} (?:to|until|till)(?P<when> .+)",
            lambda found, today: MoveCutOff(*parse_moment(found["when"].strip(), today)),
        ),
        (
            r"end (?:the |this )?(?:reporting )?period(?: on)?(?P<when> .+)",
            lambda found, today: EndPeriod(parse_day(found["when"].strip(), today)),
        ),
        (
            r"merge(?: (?:the |this )?(?:reporting )?period)?"
            r"(?: (?:with|and) (?:the )?next(?: (?:reporting )?(?:period|one))?)?",
            lambda found, today: MergePeriods(),
        ),
        (
            r"pause(?: (?:the |this )?programme)?(?: from (?P<start>.+?))?"
            r"(?: (?:until|till|to) (?P<end>.+))?",
            lambda found, today: PauseProgramme(
                parse_day(found["start"], today) if found["start"] else None,
                parse_day(found["end"], today) if found["end"] else None,
            ),
        ),
        (r"(?:resume|unpause)(?: (?:the |this )?programme)?", lambda *_: ResumeProgramme()),
        (
            r"(?:unexcuse|expect|(?:do not|don['’]?t) excuse) (?P<area>.+?)(?: again)?",
            lambda found, today: ExpectArea(_name(found["area"])),
        ),
        (r"excuse (?P<area>.+)", lambda found, today: ExcuseArea(_name(found["area"]))),
        (r"chase (?P<area>.+)", lambda found, today: ChaseArea(_name(found["area"]))),
    )
)
_BEGUN = {
    "extend": "extend to Friday 12:00",
    "postpone": "extend to Friday 12:00",
    "end": "end period on 18 December",
    "merge": "merge with next period",
    "pause": "pause until 4 January",
    "excuse": "excuse Libraries",
    "unexcuse": "unexcuse Libraries",
    "chase": "chase Parks",
}
_LONGEST = 300


def is_instruction(text: str) -> bool:
    """Whether the words ask to have something done, be they readable or not."""
    words = text.split(maxsplit=1)
    return bool(words) and (
        words[0].casefold() in _BEGUN or any(verb.fullmatch(_plain(text)) for verb, _ in _VERBS)
    )


def parse_instruction(text: str, today: date) -> Instruction:
    """What the words ask for, days seen from ``today``. Refusal for what cannot be read."""
    words = _plain(text)
    for verb, read in _VERBS:
        if len(words) <= _LONGEST and (found := verb.fullmatch(words)):
            try:
                return read(found, today)
            except ValueError as error:
                raise Refusal(str(error)) from error
    example = _BEGUN.get((words.split() or [""])[0].casefold(), "extend to Friday 12:00")
    raise Refusal(f"I do not know how to do “{words[:150]}”: type for example “{example}”.")


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".! ")


def _name(text: str) -> str:
    return re.sub(r"^the ", "", text, flags=re.IGNORECASE).strip(' "“”')
