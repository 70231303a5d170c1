"""A made-up base: three plans of different places and years, a notice, a rule no longer in force, terms and FAQs."""

from datetime import date
from typing import Any

from knowledge.model import Document, Faq, Locator, Passage, PlanTask, Records, Status, Term
from knowledge.policy import NATIONWIDE

LAKE, HILL, ISLE = "湖滨新区", "云岭县", "白鹭洲开发区"


def document(key: str, title: str, region: str, **facts: Any) -> Document:
    """In force and without number, year and dates unless ``facts`` say otherwise."""
    status: Status = facts.get("status", "有效")
    return Document(
        id=key,
        title=title,
        doc_number=facts.get("doc_number"),
        issuer=None,
        region=region,
        year=facts.get("year"),
        published_on=facts.get("published_on"),
        effective_from=facts.get("effective_from"),
        effective_to=facts.get("effective_to"),
        status=status,
        superseded_by=facts.get("superseded_by"),
        source_path=f"{key}.txt",
        sha256="0" * 64,
    )


def task(document_id: str, no: str, title: str | None, requirement: str, **facts: Any) -> PlanTask:
    """``lead`` and ``responsible`` take tuples of units, ``deadline`` and ``channel`` text; all may be left out."""
    return PlanTask(
        id=f"{document_id}-{no}",
        document_id=document_id,
        no=no,
        section=facts.get("section", ("一、加强主动公开",)),
        title=title,
        requirement=requirement,
        lead=facts.get("lead", ()),
        responsible=facts.get("responsible", ()),
        deadline=facts.get("deadline"),
        channel=facts.get("channel"),
        locator=Locator(f"{document_id}.txt", line=int(no)),
    )


def passage(document_id: str, no: int, heading: str, text: str) -> Passage:
    return Passage(f"{document_id}-p{no}", document_id, (heading,), text, Locator(f"{document_id}.txt", line=no))


DOCUMENTS = (
    document("lake", "湖滨新区2023年政务公开任务表", LAKE, year=2023, doc_number="湖管办〔2023〕7号",
              published_on=date(2023, 4, 6)),
    document("hill", "云岭县2021年政务公开要点", HILL, year=2021),
    document("isle", "白鹭洲开发区2022年政务公开分工", ISLE, year=2022, doc_number="白管发〔2022〕12号",
              published_on=date(2022, 3, 18)),
    document("rent", "云岭县商铺租金补助办法", HILL, year=2020, status="废止",
              effective_from=date(2020, 1, 1), effective_to=date(2022, 12, 31)),
    document("glossary", "名词解释", NATIONWIDE),
    document("service", "本服务常见问题", NATIONWIDE),
)  # fmt: skip

LAKE_TASKS = (
    task("lake", "1", "公布停车收费标准", "在门户网站公布公共停车场的收费标准，每季度更新一次。",
         lead=("新区发展改革局",), responsible=("新区城管局", "新区交通局"),
         deadline="2023年6月底前", channel="门户网站"),
    task("lake", "2", "公开饮用水水质", "按月公布饮用水水源和出厂水的水质监测结果。",
         lead=("新区生态环境局",), responsible=("新区水务局",), deadline="长期坚持"),
    task("lake", "3", "办好区长信箱", "收到来信后五个工作日内答复，疑难问题十五个工作日内答复。",
         responsible=("新区信访办",), deadline="长期坚持"),
    task("lake", "4", "更新权责清单", "机构职能变化之后及时调整权责清单，并向社会公告。",
         lead=("新区发展改革局",), responsible=("各部门",)),
    task("lake", "5", "公开学区划分", "公布小学和初中的学区范围、招生计划、报名条件和录取结果。",
         section=("二、回应社会关切",), responsible=("新区教育局",), deadline="2023年7月15日前", channel="微信公众号"),
)  # fmt: skip
HILL_TASKS = (
    task("hill", "1", "公布停车收费标准", "公布县城停车收费标准和减免政策。",
         lead=("县发改局",), responsible=("县城管局",), deadline="2021年9月底前", channel="公示栏"),
    task("hill", "2", "公开扶持茶农的政策", "梳理扶持茶农的补助政策，编印明白卡送到茶农手中，并组织干部进村讲解。",
         lead=("县农业农村局",), responsible=("各乡镇",)),
    task("hill", "3", "公开财政预算", "县级财政预算、决算经批准后二十日内向社会公开。",
         lead=("县财政局",), responsible=("各部门",), deadline="年底前"),
)  # fmt: skip
ISLE_TASKS = (
    task("isle", "1", "公布渡轮班次", "渡轮班次调整要提前三日公告。",
         responsible=("码头管理处",), channel="候船厅公告栏"),
    task("isle", "2", "公开财政预算", "按季度公开财政收支情况。", lead=("财务处",), responsible=("办公室",)),
    task("isle", "3", "开展观鸟科普", "湿地观鸟点设置讲解牌，全年科普讲座至少举办4次。",
         section=("二、做好服务",), responsible=("湿地管理处", "办公室")),
)  # fmt: skip
TASKS = (*LAKE_TASKS, *HILL_TASKS, *ISLE_TASKS)

PASSAGES = (
    passage("isle", 1, "前言", "根据《省政务公开工作安排》（示政办发〔2022〕3号）要求，结合本区实际，制定本分工。"),
    passage("isle", 2, "落款", "白鹭洲开发区管委会办公室。2022年3月18日。文号：白管发〔2022〕12号。"),
    passage("rent", 1, "第二章 补助", "临街商铺的经营者可以申请租金补助，每平方米每月补助八元，最长补助一年。"),
)  # fmt: skip
TERMS = (
    Term("term-1", "首问负责制", ("首问负责",), "群众来访时第一个接待的人要负责到底，不得推诿。", "glossary",
         Locator("terms.yaml", line=1)),
)  # fmt: skip
FAQS = (
    Faq("faq-1", ("你们能帮我做哪些事", "这个机器人能做什么"), (), "我可以帮您查政务公开任务和政策文件。", "service",
        "编辑部", Locator("faq.yaml", line=1)),
)  # fmt: skip
RECORDS = Records(documents=DOCUMENTS, tasks=TASKS, passages=PASSAGES, terms=TERMS, faqs=FAQS)
