"""Requests with their whole course, what the desk works with, and what is learned from the questions asked."""

from datetime import UTC

import sqlalchemy as sa
from alembic import op

from api.clock import CHINA

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_TABLES = (
    "handover_message", "handover", "notice", "publication", "reply_template", "request_attachment", "question_handled",
)  # fmt: skip
_ANSWER_COLUMNS = ("topic", "region", "document_id")
_REQUEST_INDEXES = ("contact_hash", "identity_hash", "assignee", "unit")
_REQUEST_COLUMNS = (
    "kind", "name", "contact_hash", "identity_hash", "once_hash", "consent", "created_by", "assignee", "unit",
    "proposals", "clock_from", "due_on", "due_provisional", "extended_days", "reminders", "supervised_at", "reply",
    "replied_by", "replied_at", "closed_at", "rating", "rating_comment", "rated_at", "erased_at",
)  # fmt: skip

# An event may go, or lose its text, only with the personal part of its request.
_SQLITE_GUARD = """
CREATE TRIGGER request_event_no_{verb} BEFORE {verb} ON request_event
WHEN (SELECT erased_at FROM request WHERE no = OLD.request_no) IS NULL
BEGIN SELECT RAISE(ABORT, 'request_event is append-only'); END
"""
_SQLITE_OLD_GUARD = """
CREATE TRIGGER request_event_no_{verb} BEFORE {verb} ON request_event
BEGIN SELECT RAISE(ABORT, 'request_event is append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION refuse_event_change() RETURNS trigger AS $$
BEGIN
    IF (SELECT erased_at FROM request WHERE no = OLD.request_no) IS NULL THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql
"""
_POSTGRES_GUARD = """
CREATE TRIGGER request_event_no_change BEFORE UPDATE OR DELETE ON request_event
FOR EACH ROW EXECUTE FUNCTION {function}()
"""
_POSTGRES_NO_TRUNCATE = """
CREATE TRIGGER request_event_no_truncate BEFORE TRUNCATE ON request_event
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    _answers()
    _requests()
    _events()
    _beside_requests()
    _handovers()


def downgrade() -> None:
    for name in _TABLES:
        op.drop_table(name)
    with op.batch_alter_table("faq_entry") as table:
        table.drop_column("origin")
    for index in ("kind_created_at", "document_id_created_at", "session_hash"):
        op.drop_index(f"ix_answer_log_{index}", "answer_log")
    for column in _ANSWER_COLUMNS:
        op.drop_column("answer_log", column)
    _drop_guards()
    with op.batch_alter_table("request_event") as table:
        for column in ("public", "new", "old", "actor"):
            table.drop_column(column)
    _guard_events_as_before()
    op.drop_index("ix_request_status_due_on", "request")
    for index in _REQUEST_INDEXES:
        op.drop_index(f"ix_request_{index}", "request")
    op.drop_index("ix_request_once_hash", "request")
    for column in _REQUEST_COLUMNS:
        op.drop_column("request", column)


def _answers() -> None:
    op.add_column("answer_log", sa.Column("document_id", sa.String(32)))
    op.add_column("answer_log", sa.Column("region", sa.String(100)))
    op.add_column("answer_log", sa.Column("topic", sa.String(200)))
    op.create_index("ix_answer_log_kind_created_at", "answer_log", ["kind", "created_at"])
    op.create_index("ix_answer_log_document_id_created_at", "answer_log", ["document_id", "created_at"])
    op.create_index("ix_answer_log_session_hash", "answer_log", ["session_hash"])
    op.create_table(
        "question_handled",
        sa.Column("answer_id", sa.String(64), primary_key=True),
        sa.Column("handled_as", sa.String(16), nullable=False),
        sa.Column("faq_id", sa.Integer),
        sa.Column("by", sa.String(30), nullable=False),
        sa.Column("at", _TIME, nullable=False),
    )
    op.add_column("faq_entry", sa.Column("origin", sa.JSON))


def _requests() -> None:
    """Requests logged before get the kind 求助 and a time limit that is worked out when the service starts."""
    # One by one and with lasting defaults: SQLite would have to copy the table for more, which its events refer to.
    for column in (
        sa.Column("kind", sa.String(16), nullable=False, server_default="help"),
        sa.Column("name", sa.LargeBinary),
        sa.Column("contact_hash", sa.String(64)),
        sa.Column("identity_hash", sa.String(64)),
        sa.Column("once_hash", sa.String(64)),
        sa.Column("consent", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created_by", sa.String(30)),
        sa.Column("assignee", sa.String(30)),
        sa.Column("unit", sa.String(100)),
        sa.Column("proposals", sa.JSON, nullable=False, server_default="[]"),
        sa.Column("clock_from", sa.Date, nullable=False, server_default="1970-01-01"),
        sa.Column("due_on", sa.Date),
        sa.Column("due_provisional", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("extended_days", sa.Integer, nullable=False, server_default="0"),
        sa.Column("reminders", sa.Integer, nullable=False, server_default="0"),
        sa.Column("supervised_at", _TIME),
        sa.Column("reply", sa.Text),
        sa.Column("replied_by", sa.String(100)),
        sa.Column("replied_at", _TIME),
        sa.Column("closed_at", _TIME),
        sa.Column("rating", sa.Integer),
        sa.Column("rating_comment", sa.Text),
        sa.Column("rated_at", _TIME),
        sa.Column("erased_at", _TIME),
    ):
        op.add_column("request", column)
    _count_from_receipt()
    op.create_index("ix_request_once_hash", "request", ["once_hash"], unique=True)
    op.create_index("ix_request_status_due_on", "request", ["status", "due_on"])
    for column_name in _REQUEST_INDEXES:
        op.create_index(f"ix_request_{column_name}", "request", [column_name])


def _count_from_receipt() -> None:
    request = sa.table("request", sa.column("no"), sa.column("created_at", _TIME), sa.column("clock_from", sa.Date))
    connection = op.get_bind()
    for no, created_at in connection.execute(sa.select(request.c.no, request.c.created_at)).all():
        in_china = created_at.replace(tzinfo=created_at.tzinfo or UTC).astimezone(CHINA)
        connection.execute(request.update().where(request.c.no == no).values(clock_from=in_china.date()))


def _events() -> None:
    _drop_guards()
    with op.batch_alter_table("request_event") as table:
        table.alter_column("kind", existing_type=sa.String(16), type_=sa.String(24), existing_nullable=False)
        table.add_column(sa.Column("actor", sa.String(30), nullable=False, server_default="（诉求人）"))
        table.add_column(sa.Column("old", sa.JSON))
        table.add_column(sa.Column("new", sa.JSON))
        table.add_column(sa.Column("public", sa.Boolean, nullable=False, server_default=sa.true()))
    with op.batch_alter_table("request_event") as table:
        for column in ("actor", "public"):
            table.alter_column(column, server_default=None)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_GUARD.format(function="refuse_event_change"))
        op.execute(_POSTGRES_NO_TRUNCATE)
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_GUARD.format(verb=verb))


def _drop_guards() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER request_event_no_change ON request_event")
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER request_event_no_{verb}")


def _guard_events_as_before() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER request_event_no_truncate ON request_event")
        op.execute("DROP FUNCTION refuse_event_change()")
        op.execute(_POSTGRES_GUARD.format(function="refuse_change"))
    else:
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_OLD_GUARD.format(verb=verb))


def _beside_requests() -> None:
    op.create_table(
        "request_attachment",
        sa.Column("id", sa.Integer, primary_key=True),
        _request_no(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("added_by", sa.String(30), nullable=False),
        sa.Column("added_at", _TIME, nullable=False),
    )
    op.create_table(
        "reply_template",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("title", sa.String(60), nullable=False, unique=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_by", sa.String(30), nullable=False),
        sa.Column("written_at", _TIME, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "publication",
        sa.Column("request_no", sa.String(20), sa.ForeignKey("request.no"), primary_key=True),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("reply", sa.Text, nullable=False),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("received_on", sa.Date, nullable=False),
        sa.Column("replied_on", sa.Date, nullable=False),
        sa.Column("prepared_by", sa.String(30), nullable=False),
        sa.Column("prepared_at", _TIME, nullable=False),
        sa.Column("published_by", sa.String(30)),
        sa.Column("published_at", _TIME),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer, primary_key=True),
        _request_no(),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("identity_hash", sa.String(64)),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("delivered_at", _TIME),
        sa.Column("delivered_by", sa.String(30)),
    )
    for table in ("request_attachment", "notice"):
        op.create_index(f"ix_{table}_request_no", table, ["request_no"])
    op.create_index("ix_publication_state_published_at", "publication", ["state", "published_at"])
    op.create_index("ix_notice_identity_hash_delivered_at", "notice", ["identity_hash", "delivered_at"])


def _handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("session_hash", sa.String(64), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("taken_by", sa.String(30)),
        sa.Column("taken_at", _TIME),
        sa.Column("ended_at", _TIME),
        sa.Column("last_at", _TIME, nullable=False),
        sa.Column("request_no", sa.String(20), sa.ForeignKey("request.no")),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "handover_message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("handover_id", sa.Integer, sa.ForeignKey("handover.id"), nullable=False),
        sa.Column("sender", sa.String(16), nullable=False),
        sa.Column("account", sa.String(30)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("delivered_at", _TIME),
    )
    op.create_index("ix_handover_state_created_at", "handover", ["state", "created_at"])
    op.create_index("ix_handover_session_hash", "handover", ["session_hash"])
    op.create_index("ix_handover_message_handover_id", "handover_message", ["handover_id"])


def _request_no() -> sa.Column[str]:
    return sa.Column("request_no", sa.String(20), sa.ForeignKey("request.no"), nullable=False)
