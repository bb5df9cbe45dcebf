"""What may be asked, parsed from words."""

import re
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest report of the named area, or the newest period's reports."""

    area: str | None = None


@dataclass(frozen=True, slots=True)
class WhoIsMissing:
    """The areas that have not reported for the period that is being collected."""


@dataclass(frozen=True, slots=True)
class History:
    """What was said over time about a theme, or by an area."""

    subject: str


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that are no question."""

    words: str


Question: TypeAlias = Latest | WhoIsMissing | History | Help | Unknown

EXAMPLES = {
    "latest": "the newest period's reports",
    "latest from Libraries": "one area's newest report",
    "who is missing": "who has not reported yet",
    "history of workforce": "what was said about a theme, or by an area, over time",
    "report": "write your report",
    "help": "this list",
}
"""What can be typed, with what it answers."""

_LONGEST = 300
_BEFORE = re.compile(
    r"(?:please|hi|hello|hey|ok|okay|thanks|so|and|now)[,!]* "
    r"|(?:can|could|would|may) (?:you|i|we) |(?:i|we)(?:['’]?d| would) like (?:to (?:see|know) )?"
    r"|(?:show|give|send|tell|get|find)(?: me| us)? |see |know |list |(?:i|we) (?:want|need) "
    r"|what(?: is| are| was| were|['’]?s|['’]re) ",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s,;?.!…]+$|[\s,]+(?:please|thanks|thank you)$", re.IGNORECASE)

_NEWEST = r"(?:the )?(?:(?:very )?latest|newest|last|most recent|current)"
_REPORT = r"(?: highlight)? (?:reports?|updates?|news|answers?)"
_HELP = re.compile(
    r"(?:help(?: me)?|(?:hello|hi|hey)(?: there)?|good (?:morning|afternoon)|commands|options|\?*"
    r"|what can (?:i|we|you) (?:ask|do|say|type)(?: you| here| for me)?|how does (?:this|it) work)"
)
_LATEST = re.compile(
    rf"{_NEWEST}(?:{_REPORT}| (?:summary|period|edition))?"
    r"(?: (?:from|of|for|by) (?:all|everyone|everybody|all (?:of )?(?:the )?(?:service )?areas))?"
    r"|(?:the )?summary"
)
_IT = r"(?: (?:in )?(?:a|the|their|it)(?: reports?)?(?: in)?)?"
_REPORTED = rf"(?:reported|submitted|answered|written|sent){_IT}"
_OWE = rf"(?:report|submit|answer|write|send){_IT}"
_WHO = r"(?:who|anyone|anybody|which (?:(?:service )?areas?|teams?|reports?|authors?))"
_NOT_IN = (
    rf"(?:missing|late|outstanding|overdue|not in|not {_REPORTED}|yet to {_OWE}|still to {_OWE})"
)
_MISSING = re.compile(
    rf"(?:(?:is )?{_WHO}(?:['’]?s| is| are| has| have)? )?(?:still )?{_NOT_IN}"
    r"(?: (?:reports?|areas?))?(?: yet| now| so far| this (?:time|period|week|fortnight|month))?"
    rf"|{_WHO} (?:has|have|did)(?: not|n['’]?t)(?: yet)? (?:{_REPORTED}|{_OWE})(?: yet)?"
    rf"|{_WHO} (?:still )?(?:has|have|needs?)(?: yet| still)? to {_OWE}"
    r"|who (?:are|am|is) (?:we|i|everyone) (?:still )?waiting (?:for|on)"
    r"|who (?:still )?owes(?: us| me)?(?: a report)?"
)
_WRITE = re.compile(
    r"(?:please |(?:can|could|may) i |i (?:want|need|would like) to )?"
    r"(?:(?:write|fill in|start|do) )?(?:my |our |a |the )?report(?:,? please)?[.!?]*"
)
_NAMED: tuple[tuple[re.Pattern[str], type[Latest] | type[History]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), question)
    for pattern, question in (
        (rf"{_NEWEST}(?:{_REPORT})? (?:from|of|for|by) (?P<name>.+)", Latest),
        (
            r"(?:the )?(?:whole |full )?history(?: (?:of|for|from|on|about)|:)? (?P<name>.+)",
            History,
        ),
        (r"(?:what has been )?said (?:about|on) (?P<name>.+)", History),
        (r"(?P<name>.+?)(?:['’]s?)? history", History),
        (r"what (?:did|has|have) (?P<name>.+?) (?:say|said|reported|report|written|write)", Latest),
        (rf"latest(?:{_REPORT})? (?P<name>.+)", Latest),
        (rf"(?P<name>.+?)(?:['’]s?)? (?:latest|newest|last|most recent)(?:{_REPORT})?", Latest),
    )
)


def parse_question(text: str) -> Question:
    """The question that the words ask, in any capitals, with or without politeness."""
    typed = " ".join(text.split())
    if len(typed) > _LONGEST:
        return Unknown(typed)
    words = _without_courtesy(typed)
    if _HELP.fullmatch(typed.casefold()) or _HELP.fullmatch(words.casefold()):
        return Help()
    if _MISSING.fullmatch(words.casefold()):
        return WhoIsMissing()
    if _LATEST.fullmatch(words.casefold()):
        return Latest()
    for pattern, question in _NAMED:
        if found := pattern.fullmatch(words):
            return question(re.sub(r"^the ", "", found["name"], flags=re.I).strip(' "“”'))
    return Unknown(typed)


def asks_to_write(text: str) -> bool:
    """Whether the words ask to write a report, in any capitals, with or without politeness."""
    return _WRITE.fullmatch(" ".join(text.split()).casefold()) is not None


def _without_courtesy(words: str) -> str:
    """What is left when nothing but the question is; never less than the last word."""
    while True:
        fewer = _AFTER.sub("", words)
        if found := _BEFORE.match(fewer):
            fewer = fewer[found.end() :]
        if fewer == words:
            return words
        words = fewer
