"""A rule of twenty articles and the one that replaced it: nearly the same words, other amounts and time limits."""

from datetime import date

from knowledge.model import Document, Passage, Records
from tests.api.answers.base import LAKE, RECORDS, document, passage

OLD_NUMBER, NEW_NUMBER = "湖管规〔2018〕4号", "湖管规〔2023〕9号"
LAST_DAY_OF_OLD, FIRST_DAY_OF_NEW = date(2023, 2, 28), date(2023, 3, 1)

OLD = document(
    "subsidy-old",
    "湖滨新区困难职工租房补助办法",
    LAKE,
    year=2018,
    doc_number=OLD_NUMBER,
    status="废止",
    published_on=date(2018, 3, 1),
    effective_from=date(2018, 4, 1),
    effective_to=LAST_DAY_OF_OLD,
    superseded_by="subsidy-new",
)
NEW = document(
    "subsidy-new",
    "湖滨新区困难职工租房补助办法",
    LAKE,
    year=2023,
    doc_number=NEW_NUMBER,
    published_on=date(2023, 1, 20),
    effective_from=FIRST_DAY_OF_NEW,
    effective_to=date(2028, 2, 29),
)

# Chapter, and the article as the old and as the new rule have it; None where one of them has no such article.
ARTICLES: tuple[tuple[str, str | None, str | None], ...] = (
    (
        "第一章 总则",
        "为减轻困难职工租房负担，规范租房补助的发放，制定本办法。",
        "为减轻困难职工的租房负担，做好租房补助的申请、审核和发放，制定本办法。",
    ),
    (
        "第一章 总则",
        "本办法适用于在湖滨新区就业、租住商品住房的困难职工。",
        "本办法适用于在湖滨新区就业或者灵活就业、租住商品住房的困难职工。",
    ),
    (
        "第一章 总则",
        "总工会负责租房补助的受理和发放，财政局负责资金保障，住房建设局负责核查住房情况。",
        "住房建设局负责租房补助的受理和发放，财政局负责资金保障，总工会协助核查职工情况。",
    ),
    (
        "第二章 对象和标准",
        "申请人的家庭人均月收入应当低于1800元，并且在本区没有自有住房。",
        "申请人的家庭人均月收入应当低于2600元，并且在本区没有自有住房。",
    ),
    (
        "第二章 对象和标准",
        "租房补助按每户每月300元发放，家庭人口在三人以上的每户每月400元。",
        "租房补助按每户每月500元发放，家庭人口在三人以上的每户每月650元。",
    ),
    (
        "第二章 对象和标准",
        "补助期限最长为12个月，期满仍符合条件的可以再申请一次。",
        "补助期限最长为24个月，期满仍符合条件的可以再申请一次。",
    ),
    ("第二章 对象和标准", "残疾职工、单亲职工家庭的补助标准上浮10%。", "残疾职工、单亲职工家庭的补助标准上浮20%。"),
    (
        "第二章 对象和标准",
        "月租金低于补助标准的，按实际租金发放。",
        "月租金低于补助标准的，按实际租金发放，不足100元的按100元发放。",
    ),
    (
        "第三章 申请和审核",
        "申请人应当提交身份证、租赁合同、收入证明和无房证明的原件及复印件。",
        "申请人只需提交身份证和租赁合同，收入和住房情况由受理单位通过数据共享核查。",
    ),
    (
        "第三章 申请和审核",
        "申请人向所在单位工会提出申请，由单位工会汇总后报总工会。",
        "申请人可以在政务服务网或者街道便民服务中心提出申请。",
    ),
    (
        "第三章 申请和审核",
        "总工会自收到申请之日起20个工作日内完成审核。",
        "受理单位自收到申请之日起7个工作日内完成审核。",
    ),
    ("第三章 申请和审核", "审核通过的名单在单位公示5天。", "审核通过的名单在政府网站公示3个工作日。"),
    (
        "第三章 申请和审核",
        "申请人对审核结果有异议的，可以在15日内申请复核。",
        "申请人对审核结果有异议的，可以在30日内申请复核。",
    ),
    (
        "第四章 发放和管理",
        "租房补助按季度发放，每季度末月25日前打入职工工资卡。",
        "租房补助按月发放，每月10日前打入申请人的社会保障卡。",
    ),
    (
        "第四章 发放和管理",
        "职工搬离、购房或者收入提高的，应当在30日内告知总工会。",
        "职工搬离、购房或者收入提高的，应当在15日内告知受理单位。",
    ),
    (
        "第四章 发放和管理",
        "骗取补助的，追回全部补助，3年内不再受理其申请。",
        "骗取补助的，追回全部补助，5年内不再受理其申请。",
    ),
    ("第四章 发放和管理", "总工会每年抽查不少于5%的受助家庭。", "受理单位每年抽查不少于10%的受助家庭。"),
    ("第四章 发放和管理", "职工搬家的，凭搬运发票一次性补贴搬家费200元。", None),
    ("第四章 发放和管理", None, "新就业的高校毕业生在落户当年可以提前享受三个月补助。"),
    ("第五章 附则", "本办法由总工会负责解释。", "本办法由住房建设局负责解释。"),
    (
        "第五章 附则",
        "本办法自2018年4月1日起施行，有效期5年。",
        f"本办法自2023年3月1日起施行，有效期5年。《湖滨新区困难职工租房补助办法》（{OLD_NUMBER}）同时废止。",
    ),
)


def _passages(of: Document, column: int) -> tuple[Passage, ...]:
    return tuple(
        passage(of.id, no, article[0], f"第{no}条 {text}")
        for no, article in enumerate(ARTICLES, 1)
        if (text := article[column])
    )


OLD_PASSAGES, NEW_PASSAGES = _passages(OLD, 1), _passages(NEW, 2)


def with_both(base: Records = RECORDS, *, old: Document = OLD, new: Document = NEW) -> Records:
    """The base with both rules, the old one first."""
    return Records(
        documents=(old, *base.documents, new),
        tasks=base.tasks,
        passages=(*OLD_PASSAGES, *base.passages, *NEW_PASSAGES),
        terms=base.terms,
        faqs=base.faqs,
    )
