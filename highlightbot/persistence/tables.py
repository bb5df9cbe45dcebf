"""The tables. Everything belongs to a workspace, by way of its programme."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)

from highlightbot.persistence.columns import ExactText, RichTextColumn, UtcInstant

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

workspaces = Table(
    "workspaces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("platform", String, nullable=False),
    # Null until the platform has said which workspace the token is for.
    Column("external_id", String),
    Column("name", ExactText, nullable=False),
    UniqueConstraint("platform", "external_id"),
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("external_id", String),
    Column("email", String),
    Column("name", ExactText, nullable=False),
    Column("zone", String),
    # The last day of an absence, in the person's own zone.
    Column("away_until", Date),
    # When the platform was found to know them no more.
    Column("left_at", UtcInstant),
    # When the platform was last asked about them.
    Column("asked_at", UtcInstant),
    UniqueConstraint("workspace_id", "external_id"),
    UniqueConstraint("workspace_id", "email"),
)

templates = Table(
    "templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("version", String, nullable=False),
    Column("title", ExactText, nullable=False),
    Column("sections", Text, nullable=False),
    UniqueConstraint("workspace_id", "key", "version"),
)

programmes = Table(
    "programmes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workspace_id", ForeignKey("workspaces.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("name", ExactText, nullable=False),
    Column("template_id", ForeignKey("templates.id")),
    Column("timetable", Text),
    Column("channel", String),
    # The first day of the pause that a coordinator asked for last.
    Column("paused_on", Date),
    # The day on which it ends, null until somebody resumes the programme.
    Column("resumes_on", Date),
    # Before this instant no period is to be opened; null where none will be.
    Column("next_period_at", UtcInstant, index=True),
    UniqueConstraint("workspace_id", "key"),
)

coordinators = Table(
    "coordinators",
    metadata,
    Column("programme_id", ForeignKey("programmes.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("programme_id", "person_id"),
)

service_areas = Table(
    "service_areas",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme_id", ForeignKey("programmes.id"), nullable=False),
    Column("key", String, nullable=False),
    Column("name", ExactText, nullable=False),
    Column("position", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    UniqueConstraint("programme_id", "key"),
)

authors = Table(
    "authors",
    metadata,
    Column("area_id", ForeignKey("service_areas.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("role", String, nullable=False),
    Column("position", Integer, nullable=False),
    PrimaryKeyConstraint("area_id", "person_id"),
)

periods = Table(
    "periods",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme_id", ForeignKey("programmes.id"), nullable=False),
    Column("number", Integer),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("due_at", UtcInstant, nullable=False),
    Column("closes_at", UtcInstant, nullable=False, index=True),
    Column("template_id", ForeignKey("templates.id"), nullable=False),
    # Null for a period that is only known from imported documents.
    Column("opened_at", UtcInstant),
    # The newest edition of its summary, 0 before the first.
    Column("edition", Integer, nullable=False),
    # When it is to be seen again who is due a reminder; null once it has long been closed.
    Column("look_at", UtcInstant),
    UniqueConstraint("programme_id", "starts_on", "ends_on"),
    UniqueConstraint("programme_id", "number"),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("period_id", ForeignKey("periods.id"), nullable=False),
    Column("area_id", ForeignKey("service_areas.id"), nullable=False, index=True),
    Column("template_id", ForeignKey("templates.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    # The revision that the period's newest edition holds, 0 for none. What no edition will ever
    # hold counts as published.
    Column("published", Integer, nullable=False),
    Column("headline", ExactText, nullable=False),
    # When the area was excused, and by whom; null for an area that owes its report.
    Column("excused_at", UtcInstant),
    Column("excused_by", ForeignKey("people.id")),
    # The deputy to whom the lead has handed the report.
    Column("handed_to", ForeignKey("people.id")),
    Column("handed_by", ForeignKey("people.id")),
    Column("handed_at", UtcInstant),
    # The revision that the reminders which were sent tell of, null where there are none.
    Column("told", Integer),
    UniqueConstraint("period_id", "area_id"),
)

draft_answers = Table(
    "draft_answers",
    metadata,
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("section_key", String, nullable=False),
    Column("nil", Boolean, nullable=False),
    Column("text", RichTextColumn, nullable=False),
    Column("version", Integer, nullable=False),
    Column("saved_by", ForeignKey("people.id"), nullable=False),
    Column("saved_at", UtcInstant, nullable=False),
    PrimaryKeyConstraint("report_id", "section_key"),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("submission_key", String, nullable=False),
    Column("author", ExactText, nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("headline", ExactText, nullable=False),
    Column("submitted_at", UtcInstant, nullable=False),
    UniqueConstraint("report_id", "number"),
    UniqueConstraint("report_id", "submission_key"),
)

revision_answers = Table(
    "revision_answers",
    metadata,
    Column("revision_id", ForeignKey("revisions.id"), nullable=False),
    Column("section_key", String, nullable=False),
    Column("nil", Boolean, nullable=False),
    Column("text", RichTextColumn, nullable=False),
    PrimaryKeyConstraint("revision_id", "section_key"),
)

editions = Table(
    "editions",
    metadata,
    Column("period_id", ForeignKey("periods.id"), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("made_at", UtcInstant, nullable=False),
    PrimaryKeyConstraint("period_id", "edition"),
)

edition_revisions = Table(
    "edition_revisions",
    metadata,
    Column("period_id", Integer, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("revision_id", ForeignKey("revisions.id"), nullable=False),
    PrimaryKeyConstraint("period_id", "edition", "revision_id"),
    ForeignKeyConstraint(["period_id", "edition"], ["editions.period_id", "editions.edition"]),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dedupe_key", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("programme_id", ForeignKey("programmes.id"), nullable=False),
    Column("period_id", ForeignKey("periods.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("edition", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("status", String, nullable=False),
    # Of a claimed row this is the instant at which its lease runs out.
    Column("next_attempt_at", UtcInstant, nullable=False),
    # From when on it might have been claimed the last time that it was, null once handed back.
    Column("due_at", UtcInstant),
    Column("expires_at", UtcInstant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("was_unknown", Boolean, nullable=False),
    Column("first_attempt_at", UtcInstant),
    Column("conversation", String),
    Column("message", String),
    Column("reason", ExactText, nullable=False),
    Column("created_at", UtcInstant, nullable=False),
    Column("finished_at", UtcInstant),
    # The batch of dead rows with which coordinators are told of this one.
    Column("told_in", Integer),
    UniqueConstraint("dedupe_key"),
)

# Instants are microseconds since 1970, so that both databases reckon with them alike.
pacing = Table(
    "pacing",
    metadata,
    # A lane, or 'all'.
    Column("scope", String, primary_key=True),
    # Of a lane: until when its calls of before count. Of all: until when nothing is sent.
    Column("free_at", BigInteger, nullable=False),
    # Since when the platform has refused the bot, null for a rate limit.
    Column("refused_since", BigInteger),
)

reminder_stages = Table(
    "reminder_stages",
    metadata,
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("stage", String, nullable=False),
    # The message that tells it.
    Column("delivery_id", ForeignKey("deliveries.id"), nullable=False, index=True),
    PrimaryKeyConstraint("person_id", "report_id", "stage"),
)

calendar_changes = Table(
    "calendar_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme_id", ForeignKey("programmes.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("made_at", UtcInstant, nullable=False),
    # What was asked for, as it can be typed.
    Column("asked", ExactText, nullable=False),
    # What it made different, as the coordinator confirmed it.
    Column("told", ExactText, nullable=False),
    # The confirmation that it came from, which counts once.
    Column("change_key", String, nullable=False),
    UniqueConstraint("programme_id", "change_key"),
)

# What a tick asks for. Partial indexes stay as small as the work that is left, however much is
# done; they serve a query that repeats their condition word for word, so these are shared.
UNFINISHED = text("deliveries.finished_at IS NULL")
CLAIMED = text("deliveries.status = 'claimed'")
SENT = text("deliveries.status = 'sent'")
UNTOLD_DEATH = text("deliveries.status = 'dead' AND deliveries.told_in IS NULL")
UNPUBLISHED_PERIOD = text("periods.edition = 0 AND periods.opened_at IS NOT NULL")
UNPUBLISHED_REPORT = text("reports.revision > reports.published")
UNTOLD_REPORT = text("reports.revision > reports.told")
LOOKED_AT = text("periods.look_at IS NOT NULL")


UNNAMED = text("workspaces.external_id IS NULL")


def _index(name: str, column: Column[Any], condition: TextClause, *, unique: bool = False) -> None:
    # An index cannot name its table in its condition. The migrations say the same to PostgreSQL;
    # here that would import its dialect at every start.
    where = text(condition.text.replace(f"{column.table.name}.", ""))
    Index(name, column, unique=unique, sqlite_where=where)


_index("ix_deliveries_due", deliveries.c.next_attempt_at, UNFINISHED)
_index("ix_deliveries_claimed", deliveries.c.next_attempt_at, CLAIMED)
_index("ix_deliveries_sent", deliveries.c.finished_at, SENT)
_index("ix_deliveries_untold", deliveries.c.finished_at, UNTOLD_DEATH)
_index("ix_periods_unpublished", periods.c.due_at, UNPUBLISHED_PERIOD)
_index("ix_reports_unpublished", reports.c.period_id, UNPUBLISHED_REPORT)
_index("ix_reports_untold", reports.c.period_id, UNTOLD_REPORT)
_index("ix_periods_look", periods.c.look_at, LOOKED_AT)
_index("ix_workspaces_unnamed", workspaces.c.platform, UNNAMED, unique=True)
