from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.db.models import AnswerLog
from tests.api.admin.staff import services_of
from tests.api.standins import LAKE


def test_an_answer_is_logged_with_its_document_region_and_topic(client: TestClient) -> None:
    for question in ("预算由谁负责？", "信箱呢？", "张三的电话是 13800138000 吗"):
        client.post("/v1/answers", json={"question": question})
    services = services_of(client)
    services.log.flush()
    with Session(services.engine) as session:
        columns = (AnswerLog.kind, AnswerLog.document_id, AnswerLog.region, AnswerLog.topic)
        rows = [tuple(row) for row in session.execute(select(*columns).order_by(AnswerLog.id))]
    assert rows == [
        ("answer", LAKE.id, LAKE.region, "每年公开部门预算和决算"),
        ("clarify", None, None, None),
        ("not_found", None, None, None),
    ]
