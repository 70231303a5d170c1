"""Messages of the WeChat callback and the followers they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "wechat_follower",
        sa.Column("identity_hash", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("openid", sa.LargeBinary, nullable=False),
        sa.Column("custom_until", _TIME),
        sa.Column("custom_left", sa.Integer, nullable=False),
    )
    op.create_table(
        "wechat_message",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("identity_hash", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("promised", sa.String(16)),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("lease_until", _TIME, nullable=False),
        sa.Column("ticket", sa.String(32), nullable=False, unique=True),
        sa.Column("reply", sa.LargeBinary),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("told_at", _TIME),
        sa.Column("told_by", sa.String(16)),
    )
    op.create_index("ix_wechat_message_identity_hash", "wechat_message", ["identity_hash"])
    op.create_index("ix_wechat_message_created_at", "wechat_message", ["created_at"])
    op.create_index("ix_wechat_message_state_lease_until", "wechat_message", ["state", "lease_until"])


def downgrade() -> None:
    op.drop_table("wechat_message")
    op.drop_table("wechat_follower")
