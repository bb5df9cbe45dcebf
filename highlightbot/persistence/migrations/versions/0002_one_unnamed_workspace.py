"""At most one workspace of a platform is still without its platform's id."""

from alembic import op
from sqlalchemy import text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index; NULLs are all different to a unique constraint."""
    op.create_index(
        "ix_workspaces_unnamed",
        "workspaces",
        ["platform"],
        unique=True,
        sqlite_where=text("external_id IS NULL"),
        postgresql_where=text("external_id IS NULL"),
    )
