"""How an honest no sounds, and what it offers instead."""

import re
from collections.abc import Sequence

from api.answers.evidence import FactKind
from api.schemas import Option

LOG_REQUEST = Option(label="登记诉求", question="登记诉求")
_MATTER = re.compile("[\u4e00-\u9fff]{2,10}")
_TALK = re.compile("[你您我他她它们没都就有把被给让叫着了过吗呢吧啊怎这那谁哪找买骗滚傻]")
_EDGES = re.compile("^(?:的|是|有|要|在|给|把)+|(?:的|是|有|要|得|里|会|能|个|办|多|怎)+$")
MOST_NAMED = 6
"""Regions named of all that are served."""
_OFFER = "要不要帮您登记，由工作人员答复？"
_PERHAPS = "您是不是想问下面的问题？都不是的话，可以登记诉求。"
_IF_NOT = "如果不是您要问的，可以登记诉求，由工作人员答复。"


def makes_offer(text: str) -> bool:
    return text.endswith((_OFFER, _PERHAPS))


def without_offer(text: str) -> str:
    """As one of several answers, where what is offered comes at the end of all."""
    return re.sub("，比如这样问：$", "。", text.removesuffix(_OFFER).removesuffix(_PERHAPS)).rstrip()


def offer(about: str, texts: Sequence[str]) -> str:
    """What the refusals ``texts`` offer, said once; ``about`` names the questions, and is empty where all are meant."""
    if not any(text.endswith(_PERHAPS) for text in texts):
        return f"{about}{_OFFER}"
    return f"{about}您是不是想这样问？都不是的话，可以登记诉求。" if about else _PERHAPS


def nothing_found(topic: str) -> str:
    """Names the matter only where what is left of the question reads as one."""
    matter = _EDGES.sub("", topic)
    named = f"“{matter}”的规定" if _MATTER.fullmatch(matter) and not _TALK.search(matter) else "能回答这个问题的规定"
    return f"现有文件里没有找到{named}。{_OFFER}"


def region_unknown(unknown: Sequence[str], known: Sequence[str]) -> str:
    more = f"等{len(known)}个地区" if len(known) > MOST_NAMED else ""
    served = f"目前收录的是{'、'.join(known[:MOST_NAMED])}{more}的文件。" if known else ""
    return f"现有文件里没有找到{'、'.join(unknown)}的材料。{served}{_OFFER}"


def none_of_its_own(place: str, region: str) -> str:
    return f"没有收录{place}自己的文件，下面是{region}的规定："


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


def place_not_served(titles: Sequence[str], place: str) -> str:
    named = "、".join(f"《{title}》" for title in titles)
    return f"现有文件里没有收录{named}，查不到{place}。{_OFFER}"


def no_such_place(document: str, held: str, place: str) -> str:
    return f"{document}{held}，没有{place}。{_OFFER}"


def which_document_has(place: str) -> str:
    return f"您想问哪份文件的{place}？"


def which_document() -> str:
    return "您想问哪份文件？请说出文件的名称或文号。"


def no_such_task(said: str, instead: str) -> str:
    """``said`` is what the tasks were asked by, ``instead`` a sentence on what there is, or empty."""
    return f"现有文件里没有找到{said}的任务。{instead}{_OFFER}"


def no_day_named(said: str) -> str:
    return f"没有找到答案：{said or '这些'}的任务都没有写明日期。{_OFFER}"


def not_explained(name: str) -> str:
    return f"现有文件里没有解释“{name}”是什么意思。{_OFFER}"


def nearest(answer: str) -> str:
    return f"没有找到完全对应的规定，最接近的是这一条：\n{answer}\n{_IF_NOT}"


def perhaps_meant(said: str) -> str:
    """What was said to be missing or nearest, and the question whether one of the options is meant."""
    return f"{said.removesuffix(_OFFER).removesuffix(_IF_NOT)}{_PERHAPS}"


def unclear(*, with_examples: bool) -> str:
    if with_examples:
        return "没太明白您想问什么。您可以说出地区和具体事项，比如这样问："
    return "没太明白您想问什么。您可以说出地区和具体事项，比如某项工作由谁负责、什么时候完成。"
