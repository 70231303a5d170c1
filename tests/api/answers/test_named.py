"""Documents called by number or by title."""

import pytest

from api.answers.named import find_named, with_digits
from knowledge.text import normalise
from tests.api.answers.base import HILL, LAKE, document
from tests.api.answers.two_versions import NEW, OLD

NOTICE = document("notice", "关于印发《云岭县夜市摊位管理规定》的通知", HILL, doc_number="云政办发〔2021〕8号")
PLAN = document("plan", "湖滨新区2023年政务公开任务表", LAKE, doc_number="湖管办〔2023〕9号")
DOCUMENTS = (OLD, NEW, NOTICE, PLAN)


@pytest.mark.parametrize(
    ("text", "found", "rest"),
    [
        ("湖管规〔2018〕4号每月补多少", ["subsidy-old"], "每月补多少"),
        ("湖管规[2018]4号文件里每月补多少", ["subsidy-old"], "里每月补多少"),
        ("根据湖管规（2018）4号，每月补多少", ["subsidy-old"], "根据 ,每月补多少"),
        ("〔2018〕4号每月补多少", ["subsidy-old"], "每月补多少"),
        ("《湖滨新区困难职工租房补助办法》每月补多少", ["subsidy-old", "subsidy-new"], "每月补多少"),
        ("《困难职工租房补助办法》每月补多少", ["subsidy-old", "subsidy-new"], "每月补多少"),
        ("《湖滨新区困难职工租房补助办法》（湖管规〔2023〕9号）每月补多少", ["subsidy-new"], "每月补多少"),
        ("《夜市摊位管理规定》什么时候施行", ["notice"], "什么时候施行"),
        ("《办法》每月补多少", [], "《办法》每月补多少"),
        ("湖管规〔2018〕5号每月补多少", [], "湖管规〔2018〕5号每月补多少"),
        ("每月补多少", [], "每月补多少"),
        ("湖管规2018年第4号文每月补多少", ["subsidy-old"], "每月补多少"),
        ("湖管规4号每月补多少", ["subsidy-old"], "每月补多少"),
        ("湖管规〔2018〕4号说7月15号前补多少", ["subsidy-old"], "说7月15号前补多少"),
        ("15号前每月补多少", [], "15号前每月补多少"),
    ],
)
def test_numbers_and_titles_name_documents(text: str, found: list[str], rest: str) -> None:
    naming = find_named(normalise(text), DOCUMENTS)
    assert [named.id for named in naming.documents] == found
    assert " ".join(naming.rest.split()) == " ".join(normalise(rest).split())


def test_a_title_that_no_document_bears_is_told() -> None:
    assert find_named("《深圳市停车条例》有效吗", DOCUMENTS).unserved == ("深圳市停车条例",)


def test_a_name_of_very_many_documents_is_none() -> None:
    many = tuple(document(f"n{at}", "湖滨新区政务公开工作通知", LAKE) for at in range(6))
    assert find_named("《政务公开工作通知》有效吗", many).documents == ()


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("湖管规〔二〇一八〕四号", "湖管规〔2018〕4号"),
        ("湖管规二零一八年第十四号", "湖管规2018年14号"),
        ("湖管规〔2018〕十四号", "湖管规〔2018〕14号"),
        ("2018年7月15号", "2018年7月15号"),
        ("2018年十十号", "2018年十十号"),
    ],
)
def test_a_number_in_chinese_numerals_is_read(text: str, digits: str) -> None:
    assert with_digits(text) == digits
