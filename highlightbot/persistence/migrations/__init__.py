"""The schema's history: an Alembic environment and its scripts."""
