"""The day of receipt of a request, by which the desk filters, figures are counted and what is old is found."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_request_created_at", "request", ["created_at"])


def downgrade() -> None:
    op.drop_index("ix_request_created_at", "request")
