import time

import pytest

from knowledge.plan.columns import Role, header_roles, widen


@pytest.mark.parametrize(
    ("headers", "roles"),
    [
        (("工作任务", "牵头单位", "责任单位", "工作要求"), ("label", "lead", "responsible", "requirement")),
        (
            ("工作项目", "工作要点", "具体工作内容及目标", "公开时限", "公开方式", "责任部门"),
            ("label", "label", "requirement", "deadline", "channel", "responsible"),
        ),
        (("工作任务", "", "具体要求", "责任单位"), ("label", "label", "requirement", "responsible")),
        (("工作内容", "工作要求", "牵头部门", "责任部门"), ("label", "requirement", "lead", "responsible")),
        (("工  作  任  务", "工作内容", "责任科室"), ("label", "requirement", "responsible")),
        (("序号", "工作任务", "责任单位", "完成时限"), ("no", "requirement", "responsible", "deadline")),
        (
            ("序号", "一级任务", "二级任务", "任务名称", "工作要求", "牵头单位", "配合单位", "备注"),
            ("no", "level", "level", "title", "requirement", "lead", "responsible", "other"),
        ),
    ],
)
def test_header_words_give_column_roles(headers: tuple[str, ...], roles: tuple[Role, ...]) -> None:
    assert header_roles(headers) == roles


@pytest.mark.parametrize("headers", [("姓名", "电话"), ("工作任务",), ("甲局", "乙局", "丙局"), ("", ""), ()])
def test_other_tables_have_no_roles(headers: tuple[str, ...]) -> None:
    assert header_roles(headers) is None


def test_an_extra_column_of_numbers_is_the_number() -> None:
    roles = widen(("label", "requirement", "responsible"), [["甲", ""], ["1", "2"], ["做", "办"], ["局", "局"]])
    assert roles == ("label", "no", "requirement", "responsible")


def test_an_extra_column_of_words_is_one_more_label() -> None:
    roles = widen(("label", "requirement", "responsible"), [["甲", ""], ["乙", "丙"], ["做", "办"], ["局", "局"]])
    assert roles == ("label", "label", "requirement", "responsible")


def test_a_cell_full_of_header_words_is_no_header_and_takes_no_time() -> None:
    started = time.process_time()
    assert header_roles(("X牵头" * 10_000, "工作要求" * 8_000)) is None
    assert time.process_time() - started < 5
