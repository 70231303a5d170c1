"""Alembic migrations; they run by themselves when the service starts."""
