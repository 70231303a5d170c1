"""A place without documents of its own: asked of the policies that name it or hold there, never of a plan."""

from datetime import date

import pytest

from api.answers.service import take_turn
from api.schemas import AnswerRequest
from index.search import Index
from knowledge.model import Records
from knowledge.policy import NATIONWIDE
from tests.api.answers.base import document, passage, task
from tests.api.answers.conversation import Conversation, open_index

TODAY = date(2024, 5, 1)
RECORDS = Records(
    documents=(
        document("trade", "云岭县2022年口岸通关办法", "云岭县"),
        document("coast", "浙江省渔船更新补贴办法", "浙江省"),
        document("plan", "云岭县2022年政务公开任务表", "云岭县", year=2022),
        document("nation", "残疾人乘车优待办法", NATIONWIDE),
    ),
    tasks=(task("plan", "1", "公开考察结果", "公布赴成都考察招商的结果。", lead=("县招商局",)),),
    passages=(
        passage("trade", 1, "第二章", "经大连港出口的茶叶，每吨补贴运费200元，由县商务局审核。"),
        passage("coast", 1, "第二章", "更新渔船的船主，每艘补贴五万元。"),
        passage("nation", 1, "第二章", "残疾人凭残疾人证免费乘坐市内公共汽车。"),
    ),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_index(RECORDS, tmp_path_factory.mktemp("spoken_of"))


@pytest.mark.parametrize(
    ("question", "among", "unknown"),
    [
        ("大连港出口茶叶补贴多少？", {"trade", "nation"}, ("大连市",)),
        ("大连市的残疾人乘车免费吗？", {"trade", "nation"}, ("大连市",)),
        ("宁波市更新渔船补贴多少？", {"coast", "nation"}, ("宁波市",)),
        ("成都市考察结果由谁公布？", set(), ("成都市",)),
        ("西安市更新渔船补贴多少？", set(), ("西安市",)),
        ("宁波和西安更新渔船补贴多少？", set(), ("宁波市", "西安市")),
        ("云岭县更新渔船补贴多少？", set(), ()),
        ("更新渔船补贴多少？", set(), ()),
    ],
)
def test_a_place_is_asked_of_the_policies_that_name_it_or_hold_there(
    served: Index, question: str, among: set[str], unknown: tuple[str, ...]
) -> None:
    turn = take_turn(served, AnswerRequest(question=question), TODAY)
    assert turn.scope.among == among
    assert turn.question.unknown_regions == unknown


@pytest.mark.parametrize("question", ["西安市更新渔船补贴多少？", "成都市考察结果由谁公布？"])
def test_a_place_that_nobody_speaks_of_is_said_to_be_unknown(served: Index, question: str) -> None:
    reply = Conversation(served).say(question)
    assert reply.kind == "not_found"
    assert question[:3] in reply.text


def test_the_rule_of_the_province_is_said_to_be_the_province_s(served: Index) -> None:
    reply = Conversation(served).say("宁波市更新渔船的船主每艘补贴多少？")
    assert reply.kind == "answer"
    assert reply.text.startswith("没有收录宁波市自己的文件，下面是浙江省的规定：")
    assert "五万元" in reply.text


def test_news_that_merely_names_the_place_is_no_answer(served: Index) -> None:
    assert Conversation(served).say("大连市停车收费标准由谁制定？").kind == "not_found"


@pytest.mark.parametrize(
    ("place", "documents"),
    [
        ("大连", {"trade"}),
        ("大连市", {"trade"}),
        ("成都市", {"plan"}),
        ("云岭县", {"trade", "plan"}),
        ("拉萨市", set()),
    ],
)
def test_documents_naming_a_place_are_those_in_whose_text_it_stands(
    served: Index, place: str, documents: set[str]
) -> None:
    assert served.documents_naming(place) == documents
