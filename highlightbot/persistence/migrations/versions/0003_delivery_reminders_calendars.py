"""What exact delivery, the plan of reminders and the hand of a coordinator need."""

import json

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Each part adds its own."""
    _deliveries()
    _reminders()
    _calendars()
    _lag()


def _deliveries() -> None:
    """The pace of sending; which dead rows coordinators have been told of."""
    op.add_column("deliveries", Column("told_in", Integer()))
    # Of what was given up before, the log has told.
    op.execute("UPDATE deliveries SET told_in = 0 WHERE status = 'dead'")
    op.create_table(
        "pacing",
        Column("scope", String(), nullable=False),
        Column("free_at", BigInteger(), nullable=False),
        Column("refused_since", BigInteger()),
        PrimaryKeyConstraint("scope", name="pk_pacing"),
    )
    for name, condition in (
        ("ix_deliveries_sent", "status = 'sent'"),
        ("ix_deliveries_untold", "status = 'dead' AND told_in IS NULL"),
    ):
        where = text(condition)
        op.create_index(
            name, "deliveries", ["finished_at"], sqlite_where=where, postgresql_where=where
        )


def _reminders() -> None:
    """A day's reminder of a person instead of one about each period; what each has told."""
    op.add_column("people", Column("away_until", Date()))
    op.add_column("people", Column("left_at", DateTime(timezone=True)))
    op.add_column("people", Column("asked_at", DateTime(timezone=True)))
    op.add_column("periods", Column("look_at", DateTime(timezone=True)))
    for table, column, of in (
        ("reports", "excused_by", "people"),
        ("reports", "handed_to", "people"),
        ("reports", "handed_by", "people"),
    ):
        # Alembic cannot add a constraint to a table of SQLite, which takes it with its column.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} INTEGER"
            f" CONSTRAINT fk_{table}_{column} REFERENCES {of} (id)"
        )
    op.add_column("reports", Column("excused_at", DateTime(timezone=True)))
    op.add_column("reports", Column("handed_at", DateTime(timezone=True)))
    op.add_column("reports", Column("told", Integer()))
    op.create_table(
        "reminder_stages",
        Column("person_id", Integer(), nullable=False),
        Column("report_id", Integer(), nullable=False),
        Column("stage", String(), nullable=False),
        Column("delivery_id", Integer(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_reminder_stages_person_id"),
        ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_reminder_stages_report_id"),
        ForeignKeyConstraint(
            ["delivery_id"], ["deliveries.id"], name="fk_reminder_stages_delivery_id"
        ),
        PrimaryKeyConstraint("person_id", "report_id", "stage", name="pk_reminder_stages"),
    )
    op.create_index("ix_reminder_stages_report_id", "reminder_stages", ["report_id"])
    op.create_index("ix_reminder_stages_delivery_id", "reminder_stages", ["delivery_id"])
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id"])
    for name, table, column, condition in (
        ("ix_periods_look", "periods", "look_at", "look_at IS NOT NULL"),
        ("ix_reports_untold", "reports", "period_id", "revision > told"),
    ):
        where = text(condition)
        op.create_index(name, table, [column], sqlite_where=where, postgresql_where=where)
    _carry_over(op.get_bind())


def _carry_over(database: Connection) -> None:
    """Reminders of before keep their keys, by which they are looked up and changed."""
    of_before = "kind IN ('period_ended', 'due_soon', 'overdue')"
    # What nobody has tried to send is planned anew; changes are made once more.
    database.execute(
        text(
            "UPDATE deliveries SET status = 'not_needed', finished_at = created_at,"
            f" reason = 'planned anew' WHERE {of_before} AND finished_at IS NULL"
            " AND (edition > 0 OR (status = 'pending' AND attempts = 0))"
        )
    )
    told = database.execute(
        text(
            "SELECT deliveries.id, deliveries.kind, deliveries.person_id, reports.id AS report_id,"
            " periods.ends_on, periods.due_at, programmes.timetable FROM deliveries"
            " JOIN periods ON periods.id = deliveries.period_id"
            " JOIN programmes ON programmes.id = periods.programme_id"
            " JOIN reports ON reports.period_id = periods.id"
            " JOIN authors ON authors.area_id = reports.area_id"
            " AND authors.person_id = deliveries.person_id AND authors.role = 'lead'"
            f" WHERE deliveries.{of_before} AND deliveries.edition = 0"
            " AND deliveries.status <> 'not_needed'"
        )
    ).all()
    for row in told:
        plan = json.loads(row.timetable)["reminders"] if row.timetable else None
        database.execute(
            text(
                "INSERT INTO reminder_stages (person_id, report_id, stage, delivery_id)"
                " VALUES (:person, :report, :stage, :delivery) ON CONFLICT DO NOTHING"
            ),
            {
                "person": row.person_id,
                "report": row.report_id,
                "stage": _stage(row.kind, str(row.ends_on), str(row.due_at), plan),
                "delivery": row.id,
            },
        )
    database.execute(
        text("UPDATE reports SET told = 0 WHERE id IN (SELECT report_id FROM reminder_stages)")
    )
    # Changes that were made are not to be made again.
    database.execute(text(f"UPDATE deliveries SET kind = 'reminder' WHERE {of_before}"))
    # Of every period that takes reports, who is due what is looked at as soon as the bot runs.
    database.execute(text("UPDATE periods SET look_at = opened_at WHERE opened_at IS NOT NULL"))


def _stage(kind: str, ends_on: str, due_at: str, plan: dict[str, dict[str, int]] | None) -> str:
    """As `highlightbot.core.stages.stages` names it."""
    if kind == "period_ended":
        return f"{kind}:{ends_on}"
    due = f"{kind}:{due_at[:16].replace(' ', 'T')}"
    if kind == "due_soon" and plan:
        return f"{due}:{plan['due_soon']['working_days']}"
    return due


def _calendars() -> None:
    """Pauses, when each programme's next period opens, and who changed what."""
    op.add_column("programmes", Column("paused_on", Date()))
    op.add_column("programmes", Column("resumes_on", Date()))
    op.add_column("programmes", Column("next_period_at", DateTime(timezone=True)))
    op.create_index("ix_programmes_next_period_at", "programmes", ["next_period_at"])
    # To be found out as soon as the bot runs.
    op.execute(
        "UPDATE programmes SET next_period_at = '1970-01-01 00:00:00.000000'"
        " WHERE timetable IS NOT NULL"
    )
    op.create_table(
        "calendar_changes",
        Column("id", Integer(), nullable=False),
        Column("programme_id", Integer(), nullable=False),
        Column("person_id", Integer(), nullable=False),
        Column("made_at", DateTime(timezone=True), nullable=False),
        Column("asked", Text(), nullable=False),
        Column("told", Text(), nullable=False),
        Column("change_key", String(), nullable=False),
        ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name="fk_calendar_changes_programme_id"
        ),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_calendar_changes_person_id"),
        PrimaryKeyConstraint("id", name="pk_calendar_changes"),
        UniqueConstraint(
            "programme_id", "change_key", name="uq_calendar_changes_programme_id_change_key"
        ),
    )
    op.create_index("ix_calendar_changes_programme_id", "calendar_changes", ["programme_id"])


def _lag() -> None:
    """How late messages are first attempted."""
    op.add_column("deliveries", Column("due_at", DateTime(timezone=True)))
