"""Who is in the playground's workspace. All of them are made up."""

from highlightbot.playground.local_slack import AppProfile, Conversation, User
from highlightbot.slack.checks import NEEDED_SCOPES
from highlightbot.slack.listeners.ask import COMMAND

CHANNEL = "C0COORDINATE"


def _person(user_id: str, first: str, last: str) -> User:
    handle = f"{first}.{last}".lower()
    return User(user_id, handle, f"{first} {last}", email=f"{handle}@example.org")


COORDINATOR = _person("U0KIM", "Kim", "Keel")
AUTHORS = (
    _person("U0ALEX", "Alex", "Amber"),
    _person("U0BO", "Bo", "Birch"),
    _person("U0CASEY", "Casey", "Cobalt"),
    _person("U0DANA", "Dana", "Dell"),
    _person("U0ELI", "Eli", "Ember"),
)
OUTSIDER = _person("U0OLLIE", "Ollie", "Outsider")
PEOPLE = (*AUTHORS, COORDINATOR, OUTSIDER)

APP = AppProfile(scopes=frozenset(NEEDED_SCOPES), commands=(COMMAND,))


def channels() -> tuple[Conversation, ...]:
    """The coordination channel, and one that everybody is in; the bot is in both."""
    insiders = frozenset(person.id for person in (*AUTHORS, COORDINATOR))
    everybody = frozenset(person.id for person in PEOPLE)
    return (
        Conversation(CHANNEL, "coordination", "channel", insiders | {APP.bot_user_id}),
        Conversation("C0GENERAL", "general", "channel", everybody | {APP.bot_user_id}),
    )
