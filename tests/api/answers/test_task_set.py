"""The table behind a list holds the tasks of the list and no others."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from api.schemas import AnswerReply
from tests.api.answers.base import LAKE, document, task

AskWith = Callable[..., Callable[..., AnswerReply]]

PLACES = tuple(f"{first}{second}县" for first in "甲乙丙丁戊" for second in "东南西北")
QUESTION = "一共有多少项任务是2023年8月底前完成的"


def _plans(count: int, *, regions: int = 20, year: int | None = 2023) -> dict[str, tuple[object, ...]]:
    documents = tuple(
        document(f"plan{at}", f"{PLACES[at % regions]}第{at}号要点", PLACES[at % regions], year=year)
        for at in range(count)
    )
    tasks = tuple(
        task(each.id, "1", "公开绿化养护", "公布绿化养护计划。", deadline="2023年8月底前") for each in documents
    )
    return {"documents": documents, "tasks": tasks}


def _asked(reply: AnswerReply) -> dict[str, list[str]]:
    assert reply.link is not None
    return parse_qs(urlsplit(reply.link.url).query)


@pytest.mark.parametrize("count", [3, 21, 60])
def test_every_document_of_the_list_is_named_in_the_address(ask_with: AskWith, count: int) -> None:
    asked = _asked(ask_with(**_plans(count))(QUESTION))
    assert set(asked["document"]) == {"lake", *(f"plan{at}" for at in range(count))}
    assert "region" not in asked


def test_very_many_documents_are_named_by_their_day(ask_with: AskWith) -> None:
    reply = ask_with(**_plans(130))(QUESTION)
    asked = _asked(reply)
    assert "document" not in asked
    assert asked["as_of"] == ["2024-05-01"]


def test_very_many_documents_of_a_place_and_year_are_named_so(ask_with: AskWith) -> None:
    asked = _asked(ask_with(**_plans(130, regions=1))(f"2023年{PLACES[0]}一共有多少项任务"))
    assert asked["year"] == ["2023"]
    assert PLACES[0] in asked["region"]
    assert LAKE not in asked["region"]


def test_no_table_is_linked_where_it_would_hold_other_tasks(ask_with: AskWith) -> None:
    plans = _plans(130, regions=1, year=None)
    assert ask_with(**plans)(f"2023年{PLACES[0]}一共有多少项任务").link is None
