"""Finds what people mean by a name that they type from memory."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from rapidfuzz import fuzz

_Thing = TypeVar("_Thing")
_SURE = 82
_CLEAR_LEAD = 6
_NEAR = 60
_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"})
_NO_NAMES = frozenset(
    {"area", "department", "dept", "our", "my", "report", "section", "service", "team", "update"}
)


def find_by_name(typed: str, things: Mapping[str, _Thing]) -> _Thing | None:
    """The one thing whose name is surely meant; None if there is none, or more than one.

    "safe guarding board" finds "Safeguarding Partnership Boards".
    """
    for name, thing in things.items():
        if is_same_name(name, typed):
            return thing
    scores = sorted(((_sureness(typed, name), name) for name in things), reverse=True)
    if not scores or scores[0][0] < _SURE:
        return None
    (best, name), thing = scores[0], things[scores[0][1]]
    rivals = [score for score, other in scores if things[other] != thing]
    return None if rivals and best - rivals[0] < _CLEAR_LEAD else thing


def words_beside(typed: str, name: str) -> str:
    """What was typed besides the name, in small letters and the singular.

    "libraries and parks" has "park" beside "Libraries"; "our libraries team" has nothing.
    """
    said, named = _both(typed, name)
    beside = [word for word in said if all(_likeness(word, other) < _SURE for other in named)]
    return " ".join(word for word in beside if word not in _NO_NAMES)


def nearest_names(typed: str, names: Collection[str], count: int = 3) -> tuple[str, ...]:
    """The names that come nearest, best first; none where nothing is alike."""
    scores = sorted(((_nearness(typed, name), name) for name in names), key=lambda pair: -pair[0])
    return tuple(name for score, name in scores[:count] if score >= _NEAR)


def is_same_name(name: str, other: str) -> bool:
    """Whether they differ in capitals and signs alone: "Parks & Places", "parks and places"."""
    return _plain(name) == _plain(other)


def key_from(name: str) -> str:
    """The key of something that is known by its name: "People & Places" gives "people-and-places".

    Empty for a name without a letter or digit.
    """
    return _plain(name).replace(" ", "-")


def _sureness(typed: str, name: str) -> float:
    """From 0 to 110: whether every typed word is in the name, or every word of it is typed.

    Highest if both are so; lower the more was typed beside the name.
    """
    said, named = _both(typed, name)
    if not said or not named:
        return 0.0
    found = [max(_likeness(word, other) for other in named) for word in said]
    in_name = min(found)
    in_typed = min(max(_likeness(word, other) for word in said) for other in named)
    share = sum(score >= _SURE for score in found) / len(found)
    whole = 10.0 if min(in_name, in_typed) >= _SURE else 0.0
    return max(in_name, in_typed * (0.8 + 0.2 * share)) + whole


def _likeness(word: str, named: str) -> float:
    """How surely a typed word means a word of a name; its first letters may stand for it."""
    if word != named and len(word) > 2 and named.startswith(word):
        return 97.0
    return fuzz.ratio(word, named)


def _nearness(typed: str, name: str) -> float:
    said, named = _plain(typed), _plain(name)
    return max(
        _sureness(typed, name),
        fuzz.token_set_ratio(said, named),
        fuzz.ratio(said.replace(" ", ""), named.replace(" ", "")),
    )


def _both(typed: str, name: str) -> tuple[list[str], list[str]]:
    """The words of both, however they are spaced."""
    said, named = _words(typed), _words(name)
    return _rejoined(said, named), _rejoined(named, said)


def _rejoined(words: Sequence[str], others: Collection[str]) -> list[str]:
    """The words, with neighbours as one where they begin one of ``others`` ("safe guarding")."""
    joined: list[str] = []
    for word in words:
        if joined and any(other.startswith(joined[-1] + word) for other in others):
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _words(text: str) -> list[str]:
    """The words that tell names apart, in the singular."""
    return [_singular(word) for word in _plain(text).split() if word not in _SMALL_WORDS]


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _plain(text: str) -> str:
    folded = re.sub(r"['’]", "", text.casefold().replace("&", " and "))
    return " ".join(re.sub(r"[\W_]+", " ", folded).split())
