"""The first schema.

There is no way back: who returns to an older program returns to its backup copy.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
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

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "workspaces",
        Column("id", Integer(), nullable=False),
        Column("platform", String(), nullable=False),
        Column("external_id", String()),
        Column("name", Text(), nullable=False),
        PrimaryKeyConstraint("id", name="pk_workspaces"),
        UniqueConstraint("platform", "external_id", name="uq_workspaces_platform_external_id"),
    )
    op.create_table(
        "people",
        Column("id", Integer(), nullable=False),
        Column("workspace_id", Integer(), nullable=False),
        Column("external_id", String()),
        Column("email", String()),
        Column("name", Text(), nullable=False),
        Column("zone", String()),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_people_workspace_id"),
        PrimaryKeyConstraint("id", name="pk_people"),
        UniqueConstraint("workspace_id", "email", name="uq_people_workspace_id_email"),
        UniqueConstraint("workspace_id", "external_id", name="uq_people_workspace_id_external_id"),
    )
    op.create_table(
        "templates",
        Column("id", Integer(), nullable=False),
        Column("workspace_id", Integer(), nullable=False),
        Column("key", String(), nullable=False),
        Column("version", String(), nullable=False),
        Column("title", Text(), nullable=False),
        Column("sections", Text(), nullable=False),
        ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name="fk_templates_workspace_id"),
        PrimaryKeyConstraint("id", name="pk_templates"),
        UniqueConstraint(
            "workspace_id", "key", "version", name="uq_templates_workspace_id_key_version"
        ),
    )
    op.create_table(
        "programmes",
        Column("id", Integer(), nullable=False),
        Column("workspace_id", Integer(), nullable=False),
        Column("key", String(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("template_id", Integer()),
        Column("timetable", Text()),
        Column("channel", String()),
        ForeignKeyConstraint(["template_id"], ["templates.id"], name="fk_programmes_template_id"),
        ForeignKeyConstraint(
            ["workspace_id"], ["workspaces.id"], name="fk_programmes_workspace_id"
        ),
        PrimaryKeyConstraint("id", name="pk_programmes"),
        UniqueConstraint("workspace_id", "key", name="uq_programmes_workspace_id_key"),
    )
    op.create_table(
        "coordinators",
        Column("programme_id", Integer(), nullable=False),
        Column("person_id", Integer(), nullable=False),
        Column("position", Integer(), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_coordinators_person_id"),
        ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name="fk_coordinators_programme_id"
        ),
        PrimaryKeyConstraint("programme_id", "person_id", name="pk_coordinators"),
    )
    op.create_index("ix_coordinators_person_id", "coordinators", ["person_id"])
    op.create_table(
        "periods",
        Column("id", Integer(), nullable=False),
        Column("programme_id", Integer(), nullable=False),
        Column("number", Integer()),
        Column("starts_on", Date(), nullable=False),
        Column("ends_on", Date(), nullable=False),
        Column("due_at", DateTime(timezone=True), nullable=False),
        Column("closes_at", DateTime(timezone=True), nullable=False),
        Column("template_id", Integer(), nullable=False),
        Column("opened_at", DateTime(timezone=True)),
        Column("edition", Integer(), nullable=False),
        ForeignKeyConstraint(["programme_id"], ["programmes.id"], name="fk_periods_programme_id"),
        ForeignKeyConstraint(["template_id"], ["templates.id"], name="fk_periods_template_id"),
        PrimaryKeyConstraint("id", name="pk_periods"),
        UniqueConstraint("programme_id", "number", name="uq_periods_programme_id_number"),
        UniqueConstraint(
            "programme_id", "starts_on", "ends_on", name="uq_periods_programme_id_starts_on_ends_on"
        ),
    )
    op.create_index("ix_periods_closes_at", "periods", ["closes_at"])
    op.create_index(
        "ix_periods_unpublished",
        "periods",
        ["due_at"],
        sqlite_where=text("edition = 0 AND opened_at IS NOT NULL"),
        postgresql_where=text("edition = 0 AND opened_at IS NOT NULL"),
    )
    op.create_table(
        "service_areas",
        Column("id", Integer(), nullable=False),
        Column("programme_id", Integer(), nullable=False),
        Column("key", String(), nullable=False),
        Column("name", Text(), nullable=False),
        Column("position", Integer(), nullable=False),
        Column("retired", Boolean(), nullable=False),
        ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name="fk_service_areas_programme_id"
        ),
        PrimaryKeyConstraint("id", name="pk_service_areas"),
        UniqueConstraint("programme_id", "key", name="uq_service_areas_programme_id_key"),
    )
    op.create_table(
        "authors",
        Column("area_id", Integer(), nullable=False),
        Column("person_id", Integer(), nullable=False),
        Column("role", String(), nullable=False),
        Column("position", Integer(), nullable=False),
        ForeignKeyConstraint(["area_id"], ["service_areas.id"], name="fk_authors_area_id"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_authors_person_id"),
        PrimaryKeyConstraint("area_id", "person_id", name="pk_authors"),
    )
    op.create_index("ix_authors_person_id", "authors", ["person_id"])
    op.create_table(
        "deliveries",
        Column("id", Integer(), nullable=False),
        Column("dedupe_key", String(), nullable=False),
        Column("kind", String(), nullable=False),
        Column("programme_id", Integer(), nullable=False),
        Column("period_id", Integer(), nullable=False),
        Column("person_id", Integer()),
        Column("edition", Integer(), nullable=False),
        Column("part", Integer(), nullable=False),
        Column("status", String(), nullable=False),
        Column("next_attempt_at", DateTime(timezone=True), nullable=False),
        Column("expires_at", DateTime(timezone=True), nullable=False),
        Column("attempts", Integer(), nullable=False),
        Column("token", Integer(), nullable=False),
        Column("was_unknown", Boolean(), nullable=False),
        Column("first_attempt_at", DateTime(timezone=True)),
        Column("conversation", String()),
        Column("message", String()),
        Column("reason", Text(), nullable=False),
        Column("created_at", DateTime(timezone=True), nullable=False),
        Column("finished_at", DateTime(timezone=True)),
        ForeignKeyConstraint(["period_id"], ["periods.id"], name="fk_deliveries_period_id"),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deliveries_person_id"),
        ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name="fk_deliveries_programme_id"
        ),
        PrimaryKeyConstraint("id", name="pk_deliveries"),
        UniqueConstraint("dedupe_key", name="uq_deliveries_dedupe_key"),
    )
    op.create_index(
        "ix_deliveries_claimed",
        "deliveries",
        ["next_attempt_at"],
        sqlite_where=text("status = 'claimed'"),
        postgresql_where=text("status = 'claimed'"),
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["next_attempt_at"],
        sqlite_where=text("finished_at IS NULL"),
        postgresql_where=text("finished_at IS NULL"),
    )
    op.create_index("ix_deliveries_period_id", "deliveries", ["period_id"])
    op.create_table(
        "editions",
        Column("period_id", Integer(), nullable=False),
        Column("edition", Integer(), nullable=False),
        Column("made_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["period_id"], ["periods.id"], name="fk_editions_period_id"),
        PrimaryKeyConstraint("period_id", "edition", name="pk_editions"),
    )
    op.create_table(
        "reports",
        Column("id", Integer(), nullable=False),
        Column("period_id", Integer(), nullable=False),
        Column("area_id", Integer(), nullable=False),
        Column("template_id", Integer(), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("published", Integer(), nullable=False),
        Column("headline", Text(), nullable=False),
        ForeignKeyConstraint(["area_id"], ["service_areas.id"], name="fk_reports_area_id"),
        ForeignKeyConstraint(["period_id"], ["periods.id"], name="fk_reports_period_id"),
        ForeignKeyConstraint(["template_id"], ["templates.id"], name="fk_reports_template_id"),
        PrimaryKeyConstraint("id", name="pk_reports"),
        UniqueConstraint("period_id", "area_id", name="uq_reports_period_id_area_id"),
    )
    op.create_index("ix_reports_area_id", "reports", ["area_id"])
    op.create_index(
        "ix_reports_unpublished",
        "reports",
        ["period_id"],
        sqlite_where=text("revision > published"),
        postgresql_where=text("revision > published"),
    )
    op.create_table(
        "draft_answers",
        Column("report_id", Integer(), nullable=False),
        Column("section_key", String(), nullable=False),
        Column("nil", Boolean(), nullable=False),
        Column("text", Text(), nullable=False),
        Column("version", Integer(), nullable=False),
        Column("saved_by", Integer(), nullable=False),
        Column("saved_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_draft_answers_report_id"),
        ForeignKeyConstraint(["saved_by"], ["people.id"], name="fk_draft_answers_saved_by"),
        PrimaryKeyConstraint("report_id", "section_key", name="pk_draft_answers"),
    )
    op.create_table(
        "revisions",
        Column("id", Integer(), nullable=False),
        Column("report_id", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("submission_key", String(), nullable=False),
        Column("author", Text(), nullable=False),
        Column("person_id", Integer()),
        Column("headline", Text(), nullable=False),
        Column("submitted_at", DateTime(timezone=True), nullable=False),
        ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_revisions_person_id"),
        ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_revisions_report_id"),
        PrimaryKeyConstraint("id", name="pk_revisions"),
        UniqueConstraint("report_id", "number", name="uq_revisions_report_id_number"),
        UniqueConstraint(
            "report_id", "submission_key", name="uq_revisions_report_id_submission_key"
        ),
    )
    op.create_table(
        "edition_revisions",
        Column("period_id", Integer(), nullable=False),
        Column("edition", Integer(), nullable=False),
        Column("revision_id", Integer(), nullable=False),
        ForeignKeyConstraint(
            ["period_id", "edition"],
            ["editions.period_id", "editions.edition"],
            name="fk_edition_revisions_period_id_edition",
        ),
        ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_edition_revisions_revision_id"
        ),
        PrimaryKeyConstraint("period_id", "edition", "revision_id", name="pk_edition_revisions"),
    )
    op.create_table(
        "revision_answers",
        Column("revision_id", Integer(), nullable=False),
        Column("section_key", String(), nullable=False),
        Column("nil", Boolean(), nullable=False),
        Column("text", Text(), nullable=False),
        ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_revision_answers_revision_id"
        ),
        PrimaryKeyConstraint("revision_id", "section_key", name="pk_revision_answers"),
    )
