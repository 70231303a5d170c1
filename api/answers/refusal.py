"""How an honest no sounds, and what it offers instead."""

import re
from collections.abc import Sequence

from api.answers.evidence import FactKind
from api.schemas import Option

LOG_REQUEST = Option(label="登记诉求", question="登记诉求")
_MATTER = re.compile("[\u4e00-\u9fff]{2,10}")
_TALK = re.compile("[你您我他她它们没都就有把被给让叫着了过吗呢吧啊怎这那谁哪找买骗滚傻]")
_EDGES = re.compile("^(?:的|是|有|要|在|给|把)+|(?:的|是|有|要|得|里|会|能|个|办|多|怎)+$")
_OFFER = "要不要帮您登记，由工作人员答复？"


def nothing_found(topic: str) -> str:
    """Names the matter only where what is left of the question reads as one."""
    matter = _EDGES.sub("", topic)
    named = f"“{matter}”的规定" if _MATTER.fullmatch(matter) and not _TALK.search(matter) else "能回答这个问题的规定"
    return f"现有文件里没有找到{named}。{_OFFER}"


def region_unknown(unknown: tuple[str, ...], known: list[str]) -> str:
    served = f"目前收录的是{'、'.join(known)}的文件。" if known else ""
    return f"现有文件里没有找到{'、'.join(unknown)}的材料。{served}{_OFFER}"


def nothing_about(regions: tuple[str, ...]) -> str:
    return f"{'、'.join(regions)}：现有文件里没有材料。"


def year_unknown(asked: tuple[int, ...], region: str, held: list[int]) -> str:
    have = f"，收录的是{'、'.join(f'{year}年' for year in held)}的" if held else ""
    return f"现有文件里没有找到{region}{'、'.join(f'{year}年' for year in asked)}的材料{have}。{_OFFER}"


def fact_missing(fact: FactKind, matter: str) -> str:
    about = f"文件提到了“{matter}”，但" if matter else "现有文件"
    return f"没有找到答案：{about}没有写明{fact.name}。{_OFFER}"


def document_silent(names: str, asked: str) -> str:
    return f"没有找到答案：{names}没有写明{asked}。{_OFFER}"


def document_not_served(titles: Sequence[str]) -> str:
    named = "、".join(f"《{title}》" for title in titles)
    return f"现有文件里没有收录{named}，查不到它是否有效。{_OFFER}"


def which_document() -> str:
    return "您想问哪份文件？请说出文件的名称或文号。"


def no_task_of(unit: str, *, lead_only: bool) -> str:
    role = "牵头" if lead_only else "承担"
    return f"现有文件里没有找到由{unit}{role}的任务。{_OFFER}"


def nearest(answer: str) -> str:
    return f"没有找到完全对应的规定，最接近的是这一条：\n{answer}\n如果不是您要问的，可以登记诉求，由工作人员答复。"


def unclear() -> str:
    return "没太看懂您的问题。您可以说出地区和事项，比如问某项工作由谁负责、什么时候完成、在哪里公开。"
