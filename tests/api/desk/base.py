"""The made-up base of the answer tests with a rule of many articles, the rule it took the place of, and a long plan."""

from dataclasses import replace
from datetime import date

from tests.api.answers import base
from tests.api.answers.base import LAKE, document, passage

TODAY = date(2024, 5, 1)
OLD_RULE = document("old-parking", "湖滨新区停车管理办法", LAKE, year=2019, doc_number="湖管规〔2019〕2号",
                    status="废止", effective_from=date(2019, 3, 1), effective_to=date(2023, 12, 31),
                    superseded_by="parking")  # fmt: skip
RULE = document("parking", "湖滨新区停车场管理规定", LAKE, year=2024, doc_number="湖管规〔2024〕1号",
                effective_from=date(2024, 1, 1))  # fmt: skip
ARTICLES = tuple(
    passage("parking", at, f"第{'一' if at <= 20 else '二'}章", f"第{number}条 {said}")
    for at, (number, said) in enumerate(
        [
            ("一", "为规范公共停车场管理，制定本规定。"),
            ("二", "公共停车场每日7:00-22:00开放，收费不得超过每小时3元；残疾人驾驶的车辆减免50%。"),
            *((f"{'三四五六七八九'[at]}", f"停车场应当设置编号为{at}的标志。") for at in range(7)),
            *((f"十{'一二三四五六七八九'[at]}", f"巡查人员每月检查第{at}号设施。") for at in range(9)),
            *((f"二十{'一二三四五六七八九'[at]}", f"违反第{at}项规定的，责令改正。") for at in range(9)),
        ],
        start=1,
    )
)
OLD_ARTICLE = passage("old-parking", 1, "第一章", "第一条 公共停车场收费每小时5元，由新区城管局监督。")
RECORDS = replace(
    base.RECORDS,
    documents=(*base.DOCUMENTS, OLD_RULE, RULE),
    passages=(*base.PASSAGES, *ARTICLES, OLD_ARTICLE),
)
