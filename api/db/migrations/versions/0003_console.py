"""What is written in the admin console: changes to documents, questions and answers, terms, golden questions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_change",
        sa.Column("read_as", sa.String(32), primary_key=True),
        sa.Column("document_id", sa.String(32), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("said", sa.JSON),
        sa.Column("removed", sa.Boolean, nullable=False),
        sa.Column("changed_by", sa.String(30), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamp", sa.String(32), nullable=False),
    )
    op.create_table(
        "faq_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("draft", sa.JSON),
        sa.Column("approved", sa.JSON),
        *_written(),
        sa.Column("approved_by", sa.String(30)),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "term_entry",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False, unique=True),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("explanation", sa.Text, nullable=False),
        sa.Column("source", sa.Text),
        *_written(),
    )
    op.create_table(
        "golden_question",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("context", sa.JSON, nullable=False),
        sa.Column("must", sa.JSON, nullable=False),
        sa.Column("must_not", sa.JSON, nullable=False),
        sa.Column("document", sa.Text),
        *_written(),
    )


def downgrade() -> None:
    for table in ("golden_question", "term_entry", "faq_entry", "document_change"):
        op.drop_table(table)


def _written() -> tuple[sa.Column[str], sa.Column[object], sa.Column[int]]:
    return (
        sa.Column("written_by", sa.String(30), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
