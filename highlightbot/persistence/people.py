"""Workspaces and people."""

from zoneinfo import ZoneInfo

from sqlalchemy import (
    Connection,
    bindparam,
    delete,
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
from highlightbot.persistence.prepared import Prepared
from highlightbot.persistence.rows import AnyRow, add_row
from highlightbot.persistence.tables import (
    authors,
    coordinators,
    deliveries,
    draft_answers,
    people,
    revisions,
    workspaces,
)

PERSON = (
    people.c.id.label("person_id"),
    people.c.name.label("person_name"),
    people.c.email,
    people.c.external_id,
    people.c.zone,
)
"""The columns that `person_of` reads."""


def person_of(row: AnyRow) -> Person:
    """The person in a row that holds the columns of `PERSON`."""
    zone = ZoneInfo(row.zone) if row.zone else None
    return Person(row.person_id, row.person_name, row.email, row.external_id, zone)


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
_REMOVE = delete(people).where(people.c.id == bindparam("removed"))
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
        rows = self._connection.execute(_WORKSPACES, {"platform": platform}).all()
        if external_id is None and len(rows) > 1:
            raise Refusal(
                f"There are several {platform} workspaces in the database. Say which one you mean."
            )
        ids: dict[str | None, int] = {row.external_id: row.id for row in rows}
        if external_id is None and rows:
            return int(rows[0].id)
        if external_id in ids:
            return ids[external_id]
        if None in ids:
            named = {"workspace_id": ids[None], "name_given": external_id}
            self._connection.execute(_NAME_WORKSPACE, named)
            return ids[None]
        values = {"platform": platform, "external_id": external_id, "name": external_id or platform}
        return add_row(self._connection, _ADD_WORKSPACE, values)

    def person(self, account: Account) -> Person | None:
        """See `ports.People.person`."""
        row = self._connection.execute(_BY_ACCOUNT, _named(account)).one_or_none()
        return None if row is None else person_of(row)

    def writer(self, account: Account, area_id: int) -> Person | None:
        """See `ports.People.writer`."""
        wanted = {**_named(account), "area_id": area_id}
        row = _WRITER.first(self._connection, wanted)
        return None if row is None else person_of(row)

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
        row = self._connection.execute(_BY_ID, {"person_id": person_id}).one()
        person = person_of(row)
        accounts, emails = (person.external_id,), (person.email,)
        self._known_as(row.workspace_id, accounts, emails, profile, kept=person_id)
        self._change(person, _completed(person, None, None, profile))

    def reader(self, account: Account) -> Reader:
        """See `ports.People.reader`."""
        person = self.person(account)
        return Reader(person_id=None) if person is None else self.reader_of(person.id)

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
        if not found:
            return None
        person = next((one for one in found if one.id == kept), found[0])
        for other in found:
            if other.id != person.id:
                self._absorb(person.id, other.id)
        return person

    def _change(self, person: Person, values: dict[str, str | None]) -> None:
        if values != _values(person):
            self._connection.execute(_CHANGE, {"changed": person.id, **values})

    def _absorb(self, kept: int, removed: int) -> None:
        """Give everything of one person to another: both turned out to be the same."""
        for owner in (authors.c.area_id, coordinators.c.programme_id):
            table = owner.table
            held = select(owner).where(table.c.person_id == kept)
            self._connection.execute(
                update(table)
                .where(table.c.person_id == removed, owner.not_in(held))
                .values(person_id=kept)
            )
            self._connection.execute(delete(table).where(table.c.person_id == removed))
        for column in (draft_answers.c.saved_by, revisions.c.person_id, deliveries.c.person_id):
            moved = update(column.table).where(column == removed).values({column.name: kept})
            self._connection.execute(moved)
        self._connection.execute(_REMOVE, {"removed": removed})


def _named(account: Account) -> dict[str, str]:
    return {
        "platform": account.platform,
        "workspace": account.workspace,
        "account": account.external_id,
    }


def _completed(
    known: Person | None, email: str | None, external_id: str | None, profile: Profile | None
) -> dict[str, str | None]:
    """What to store: what the platform tells first, then what was declared or is known."""
    email = (known.email if known else None) or email
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
