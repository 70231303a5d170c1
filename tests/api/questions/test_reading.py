from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.engine import open_database
from api.db.models import AnswerLog
from api.db.reading import reading
from tests.api.questions.rows import log


def test_who_reads_at_length_keeps_no_writer_waiting(tmp_path: Path) -> None:
    """SQLite would wait five seconds and then refuse."""
    engine = open_database(f"sqlite:///{tmp_path / 'p.db'}")
    log(engine, "先问的")
    with reading(engine) as session:
        assert session.scalars(select(AnswerLog.question)).all() == ["先问的"]
        log(engine, "后问的")
        assert session.scalars(select(AnswerLog.question)).all() == ["先问的"]
    with Session(engine) as session:
        assert len(session.scalars(select(AnswerLog.question)).all()) == 2
    engine.dispose()
