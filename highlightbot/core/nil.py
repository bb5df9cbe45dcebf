"""Recognises a typed "nothing to report".

A phrase counts only if the whole answer says that there is nothing: "No current risks or
challenges" does, "No staff available on Friday" and "None of the schools reopened" do not.

    answer = phrase, then perhaps more of them, each after a full stop, a line's end or a bracket
    phrase = ["there is" | "we have"] ( nothing | "no" thing ["or" thing …] ) [known] [when]
    thing  = [qualifier …] [subject] noun
"""

import re
import unicodedata

_LONGEST = 150

_OPENING = (
    r"(?:there(?:'s| is| are| was| were|'ve been| has been| have been)(?: currently)? "
    r"|(?:we|i)(?: currently)?(?: have|'ve| had)(?: had| received| made)? "
    r"|(?:currently|at present|again),? )?"
)
_NOTHING = (
    r"(?:none|nil(?: returns?| response)?|nothing|nothing at all|none at all|n ?/? ?a"
    r"|not applicable|no|nope"
    r"|not (?:currently|this time|at (?:present|(?:this|the) (?:time|moment|stage)))|-+)"
)
_NOT_ANY = (
    r"(?:no|nil|zero|(?:there|we|i)(?: is| are| was| were| have| has| had)(?:n't| not)"
    r"(?: been| had| received| made| incurred)? any)"
)
_QUALIFIER = (
    r"(?:current(?:ly)?|new|known|further|significant|major|specific|other|additional|real|big"
    r"|particular|notable|material|immediate|outstanding|relevant|more|key|identified)"
)
_SUBJECT = (
    r"(?:financial|finance|budget(?:ary)?|cost|workforce|staff(?:ing)?|hr|recovery|service|risk"
    r"|communications?|comms|covid(?:[- ]?19)?)"
)
_NOUN = (
    r"(?:risks?|challenges?|issues?|concerns?|changes?|updates?|implications?|impacts?|effects?"
    r"|decisions?|guidance|activit(?:y|ies)|actions?|costs?|communications|comms|pressures?"
    r"|problems?|news|items?|matters?|developments?|headlines?|variances?)"
)
_THING = rf"(?:{_QUALIFIER},? )*(?:{_SUBJECT}(?:(?: ?/ ?| or | and ){_SUBJECT})? )?{_NOUN}"
_THINGS = rf"{_THING}(?:(?: ?/ ?|,? or |,? and |,? nor |, )(?:no )?{_THING})*"
_KNOWN = (
    r"(?: (?:have been |has been |were |was |are )?"
    r"(?:identified|reported|noted|known|arising|made|received|issued|raised|incurred|anticipated"
    r"|expected|planned|required|needed|recorded|taken)"
    r"| to (?:report|note|add|raise|flag|declare|mention)| of note| to (?:my|our) knowledge"
    r"| (?:that )?(?:i am|i'm|we are|we're) aware of"
    r"| new| further| else| more| other| significant| specific| particular| additional| major)*"
)
_AGO = r"(?:(?:last|current|previous|present|past|reporting) )*"
_SPAN = r"(?:period|fortnight|week|month|quarter|report|update|return|time|meeting)"
_WHEN = (
    rf"(?:,? (?:(?:(?:during|in|for|over|within|since|from|on) )?(?:this|the|our|my) {_AGO}{_SPAN}"
    rf"|(?:since|from) (?:last|previous) {_AGO}{_SPAN}"
    r"|at (?:this|the)(?: current| present)? (?:time|moment|stage|point|point in time)"
    r"|at present|presently|currently|to date|so far|as yet|yet|now|from (?:us|me|our service)))*"
)
_PHRASE = re.compile(
    rf"{_OPENING}(?:{_NOTHING}|{_NOT_ANY} {_THINGS}){_KNOWN}{_WHEN}{_KNOWN}", re.ASCII
)

_ITEM_NUMBER = re.compile(r"\d{1,2}", re.ASCII)

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff•·*_"))


def is_nil(text: str) -> bool:
    """Whether the text as a whole says that there is nothing to report.

    Blank text says nothing of the kind: it is no answer.
    """
    if len(text) > 4 * _LONGEST:
        return False
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    plain = plain.translate(_DASHES | _UNSEEN).replace("n.a.", "n/a").replace("n.a", "n/a")
    phrases = [" ".join(phrase.split()) for phrase in re.split(r"[.!;:()\[\]\n\r]+|^-+ ", plain)]
    said = [words for phrase in phrases if (words := phrase.strip(" ,'\"“”"))]
    if len(said) > 1 and _ITEM_NUMBER.fullmatch(said[0]):
        del said[0]
    return bool(said) and all(len(each) <= _LONGEST and _PHRASE.fullmatch(each) for each in said)
