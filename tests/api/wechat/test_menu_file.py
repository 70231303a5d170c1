"""The menu of the account, as an operator writes it and as the platform takes it."""

from pathlib import Path

import pytest

from api.rule_file import RuleFileInvalid
from api.wechat.menu_file import read_menu


def _written(folder: Path, text: str) -> Path:
    path = folder / "wechat_menu.yml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_menu_is_what_the_platform_takes() -> None:
    buttons = read_menu(None).as_json()["button"]
    assert [button["name"] for button in buttons] == ["问政策", "诉求", "转人工"]
    assert buttons[1]["sub_button"][1] == {"type": "click", "name": "查办理进度", "key": "我的诉求到哪了"}
    assert buttons[2] == {"type": "click", "name": "转人工", "key": "转人工"}


def test_a_page_is_opened_and_news_has_a_template(tmp_path: Path) -> None:
    news = "news: {kind: template, template: T1, fields: {thing1: '{text}'}}"
    read = read_menu(_written(tmp_path, f"menu:\n- {{name: 官网, url: https://example.com/}}\n{news}"))
    assert read.as_json() == {"button": [{"type": "view", "name": "官网", "url": "https://example.com/"}]}
    assert read.news is not None and read.news.fields == {"thing1": "{text}"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("menu: []", "menu"),
        ("menu:\n- {name: 一}", "恰好写一项"),
        ("menu:\n- {name: 一, ask: 问, url: 'https://e.cn'}", "恰好写一项"),
        ("menu:\n- {name: 六个汉字不行, ask: 问}", "六个汉字不行"),
        (f"menu:\n- {{name: 一, ask: {'问' * 43}}}", "128"),
        ("menu:\n- {name: 一, url: 'javascript:alert(1)'}", "https://"),
        ("menu:\n- {name: 一, sub: [{name: 二, sub: [{name: 三, ask: 问}]}]}", "两级"),
        (f"menu:\n- {{name: 一, sub: [{', '.join(['{name: 二, ask: 问}'] * 6)}]}}", "sub"),
        ("menu:\n- {name: 一, ask: 问}\nnews: {kind: template, template: T, fields: {a: '{x}'}}", "{x}"),
        ("menu:\n- {name: 一, ask: 问}\nnews: {kind: letter, template: T, fields: {a: b}}", "letter"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_with_its_place(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(RuleFileInvalid) as caught:
        read_menu(_written(tmp_path, text))
    assert named in caught.value.message
