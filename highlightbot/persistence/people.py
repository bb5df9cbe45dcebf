"""Workspaces and people."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import (
    Connection,
    bindparam,
    insert,
    literal_column,
    or_,
    select,
    union_all,
    update,
)

from highlightbot.core.declarations import DeclaredPerson
from highlightbot.core.errors import Refusal
from highlightbot.core.people import Account, Person, Profile, Reader
from highlightbot.persistence.looks import wake_for_person
from highlightbot.persistence.merging import merge
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, add_row, hold_row, hold_table
from highlightbot.persistence.tables import (
    authors,
    coordinators,
    people,
    workspaces,
)

PERSON = (
    people.c.id.label("person_id"),
    people.c.name.label("person_name"),
    people.c.email,
    people.c.external_id,
    people.c.zone,
    people.c.away_until,
    people.c.left_at,
)
"""The columns that `person_of` reads."""


def person_of(row: AnyRow) -> Person:
    """The person in a row that holds the columns of `PERSON`."""
    zone = ZoneInfo(row.zone) if row.zone else None
    return Person(
        row.person_id,
        row.person_name,
        row.email,
        row.external_id,
        zone,
        row.away_until,
        has_left=row.left_at is not None,
    )


_WORKSPACES = select(workspaces.c.id, workspaces.c.external_id).where(
    workspaces.c.platform == bindparam("platform")
)
_ADD_WORKSPACE = insert(workspaces)
_NAME_WORKSPACE = (
    update(workspaces)
    .where(workspaces.c.id == bindparam("workspace_id"))
    .values(external_id=bindparam("name_given"))
)

_BY_ACCOUNT = (
    select(*PERSON)
    .join_from(people, workspaces)
    .where(
        workspaces.c.platform == bindparam("platform"),
        workspaces.c.external_id == bindparam("workspace"),
        people.c.external_id == bindparam("account"),
    )
)
_WRITER = Prepared(_BY_ACCOUNT.join(authors).where(authors.c.area_id == bindparam("area_id")))
_UNRESOLVED = (
    select(*PERSON)
    .where(
        people.c.workspace_id == bindparam("workspace_id"),
        # Who has no profile yet goes by what they were declared as.
        or_(people.c.external_id.is_(None), people.c.name == people.c.external_id),
    )
    .order_by(people.c.id)
)
_TO_ASK_ABOUT = (
    select(*PERSON)
    .where(
        people.c.workspace_id == bindparam("workspace_id"),
        people.c.external_id.is_not(None),
        or_(people.c.asked_at.is_(None), people.c.asked_at < bindparam("before")),
    )
    .order_by(people.c.asked_at.is_not(None), people.c.asked_at, people.c.id)
    .limit(bindparam("limit"))
)
_ASKED = (
    update(people)
    .where(people.c.id == bindparam("changed"))
    .values(asked_at=bindparam("asked_at"), left_at=bindparam("left_at"))
)
_AWAY = (
    update(people).where(people.c.id == bindparam("changed")).values(away_until=bindparam("until"))
)
_KNOWN_AS = (
    select(people.c.workspace_id, *PERSON)
    .where(
        people.c.workspace_id == bindparam("workspace_id"),
        or_(
            people.c.email.in_(bindparam("emails", expanding=True)),
            people.c.external_id.in_(bindparam("accounts", expanding=True)),
        ),
    )
    .order_by(people.c.id)
)
_BY_ID = select(people.c.workspace_id, *PERSON).where(people.c.id == bindparam("person_id"))
_ADD = insert(people)
_CHANGE = (
    update(people)
    .where(people.c.id == bindparam("changed"))
    .values(
        external_id=bindparam("external_id"),
        email=bindparam("email"),
        name=bindparam("name"),
        zone=bindparam("zone"),
    )
)
_MAY_READ = union_all(
    select(literal_column("0").label("is_area"), coordinators.c.programme_id.label("id")).where(
        coordinators.c.person_id == bindparam("person_id")
    ),
    select(literal_column("1"), authors.c.area_id).where(
        authors.c.person_id == bindparam("person_id")
    ),
)


class SqlPeople:
    """See `ports.People`."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def workspace(self, platform: str, external_id: str | None = None) -> int:
        """See `ports.People.workspace`."""
        known = self._named_workspace(platform, external_id)
        if known is None:
            # Others may be making one at this moment, or naming the one there is.
            hold_table(self._connection, workspaces)
            known = self._named_workspace(platform, external_id)
        return self._new_workspace(platform, external_id) if known is None else known

    def known_workspace(self, platform: str, external_id: str | None = None) -> int | None:
        """See `ports.People.known_workspace`."""
        named = self._named_workspace(platform, external_id)
        return self._workspaces(platform).get(None) if named is None else named

    def person(self, account: Account) -> Person | None:
        """See `ports.People.person`."""
        row = self._connection.execute(_BY_ACCOUNT, _named(account)).one_or_none()
        return None if row is None else person_of(row)

    def writer(self, account: Account, area_id: int) -> Person | None:
        """See `ports.People.writer`."""
        wanted = {**_named(account), "area_id": area_id}
        row = _WRITER.first(self._connection, wanted)
        return None if row is None else person_of(row)

    def get(self, person_id: int) -> Person:
        """See `ports.People.get`; NoResultFound where there is none."""
        return person_of(self._connection.execute(_BY_ID, {"person_id": person_id}).one())

    def be_away(self, person_id: int, until: date | None) -> None:
        """See `ports.People.be_away`."""
        self._connection.execute(_AWAY, {"changed": person_id, "until": until})
        wake_for_person(self._connection, person_id)

    def to_ask_about(self, workspace_id: int, before: datetime, limit: int) -> list[Person]:
        """See `ports.People.to_ask_about`."""
        wanted = {"workspace_id": workspace_id, "before": before, "limit": limit}
        return [person_of(row) for row in self._connection.execute(_TO_ASK_ABOUT, wanted)]

    def asked_about(self, person_id: int, now: datetime, profile: Profile | None) -> None:
        """See `ports.People.asked_about`."""
        if profile is not None:
            self.update_profile(person_id, profile)
        row = self._held(person_id)
        if row is None:
            return
        left_at = None if profile is not None else row.left_at or now
        asked = {"changed": person_id, "asked_at": now, "left_at": left_at}
        self._connection.execute(_ASKED, asked)
        if left_at != row.left_at:
            wake_for_person(self._connection, person_id)

    def reader_of(self, person_id: int) -> Reader:
        """See `ports.People.reader_of`."""
        rows = self._connection.execute(_MAY_READ, {"person_id": person_id}).all()
        return Reader(
            person_id=person_id,
            programmes=frozenset(id_ for is_area, id_ in rows if not is_area),
            areas=frozenset(id_ for is_area, id_ in rows if is_area),
        )

    def declare(self, workspace_id: int, person: DeclaredPerson, profile: Profile | None) -> int:
        """See `ports.People.declare`."""
        email = person.email.lower() if person.email else None
        self._hold_people(workspace_id)
        known = self._known_as(workspace_id, (person.external_id,), (email,), profile)
        if known is None:
            values = _completed(None, email, person.external_id, profile)
            return add_row(self._connection, _ADD, {"workspace_id": workspace_id, **values})
        self._change(known, _completed(known, email, person.external_id, profile))
        return known.id

    def unresolved(self, workspace_id: int) -> list[Person]:
        """See `ports.People.unresolved`."""
        rows = self._connection.execute(_UNRESOLVED, {"workspace_id": workspace_id})
        return [person_of(row) for row in rows]

    def update_profile(self, person_id: int, profile: Profile) -> None:
        """See `ports.People.update_profile`."""
        row = self._held(person_id)
        if row is None:  # another process has just found them to be somebody else
            return
        person = person_of(row)
        accounts, emails = (person.external_id,), (person.email,)
        self._known_as(row.workspace_id, accounts, emails, profile, kept=person_id)
        self._change(person, _completed(person, None, None, profile))

    def reader(self, account: Account) -> Reader:
        """See `ports.People.reader`."""
        person = self.person(account)
        return Reader(person_id=None) if person is None else self.reader_of(person.id)

    def _named_workspace(self, platform: str, external_id: str | None) -> int | None:
        ids = self._workspaces(platform)
        if external_id is not None:
            return ids.get(external_id)
        if len(ids) > 1:
            raise Refusal(
                f"There are several {platform} workspaces in the database. Say which one you mean."
            )
        return next(iter(ids.values()), None)

    def _new_workspace(self, platform: str, external_id: str | None) -> int:
        unnamed = self._workspaces(platform).get(None)
        if unnamed is not None:
            named = {"workspace_id": unnamed, "name_given": external_id}
            self._connection.execute(_NAME_WORKSPACE, named)
            return unnamed
        values = {"platform": platform, "external_id": external_id, "name": external_id or platform}
        return add_row(self._connection, _ADD_WORKSPACE, values)

    def _workspaces(self, platform: str) -> dict[str | None, int]:
        rows = self._connection.execute(_WORKSPACES, {"platform": platform})
        return {row.external_id: row.id for row in rows}

    def _known_as(
        self,
        workspace_id: int,
        accounts: tuple[str | None, ...],
        emails: tuple[str | None, ...],
        profile: Profile | None,
        *,
        kept: int | None = None,
    ) -> Person | None:
        """The one whom these name; several that turn out to be one person become one."""
        if profile is not None:
            accounts = (*accounts, profile.external_id)
            emails = (*emails, profile.email.lower() if profile.email else None)
        names = {
            "workspace_id": workspace_id,
            "accounts": [account for account in accounts if account],
            "emails": [email for email in emails if email],
        }
        found = [person_of(row) for row in self._connection.execute(_KNOWN_AS, names)]
        if profile is not None:
            found = [
                one for one in found if one.id == kept or not self._gave_up_address(one, profile)
            ]
        if not found:
            return None
        person = next((one for one in found if one.id == kept), found[0])
        for other in found:
            if other.id != person.id:
                merge(self._connection, person.id, other.id)
        return person

    def _gave_up_address(self, person: Person, profile: Profile) -> bool:
        """Whether an address has passed from them to another account, and is taken from them."""
        if person.external_id in (None, profile.external_id):
            return False
        self._change(person, {**_values(person), "email": None})
        return True

    def _held(self, person_id: int) -> AnyRow | None:
        row = self._connection.execute(_BY_ID, {"person_id": person_id}).one_or_none()
        if row is None:
            return None
        self._hold_people(row.workspace_id)
        return self._connection.execute(_BY_ID, {"person_id": person_id}).one_or_none()

    def _hold_people(self, workspace_id: int) -> None:
        """Let nobody else change who is who before the transaction ends."""
        hold_row(self._connection, workspaces.c.id, workspace_id)

    def _change(self, person: Person, values: dict[str, str | None]) -> None:
        before = _values(person)
        if values != before:
            self._connection.execute(_CHANGE, {"changed": person.id, **values})
        if values["zone"] != before["zone"]:
            wake_for_person(self._connection, person.id)


def _named(account: Account) -> dict[str, str]:
    return {
        "platform": account.platform,
        "workspace": account.workspace,
        "account": account.external_id,
    }


def _completed(
    known: Person | None, email: str | None, external_id: str | None, profile: Profile | None
) -> dict[str, str | None]:
    """What to store: the address that was declared, else what the platform tells or is known."""
    email = email or (known.email if known else None)
    external_id = external_id or (known.external_id if known else None)
    name, zone = (known.name, known.zone) if known else (email or external_id or "", None)
    if profile is not None:
        email = email or (profile.email.lower() if profile.email else None)
        external_id = profile.external_id
        name, zone = profile.name, profile.zone or zone
    return {
        "external_id": external_id,
        "email": email,
        "name": name,
        "zone": zone.key if zone else None,
    }


def _values(person: Person) -> dict[str, str | None]:
    return _completed(person, None, None, None)
