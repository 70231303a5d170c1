"""Printed text as it is read out on the telephone: no brackets, bullets or signs that nobody can pronounce."""

import re
from collections.abc import Callable

_HAN = "一二三四五六七八九十百"
_END = "。！？；，：、,;:!?"
_ITEM = re.compile(rf"(?:^|(?<=[。；：;:\n]))\s*[（(]([{_HAN}]+|\d{{1,2}})[)）]\s*")
_NUMBERED = re.compile(r"(?:^|(?<=[。；：;:\n]))\s*(\d{1,2})[.．、](?=[^\d])\s*")
_SHORT_ASIDE = re.compile(r"[（(【]([^（(【)）】]{1,4})[)）】]")
_ASIDE = re.compile(r"\s*[（(【]([^（(【)）】]*)[)）】]")

_SPOKEN: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"(?<!\d)(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?!\d)"), lambda m: _date(m)),
    (re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))"), ""),
    (re.compile(r"(?<![\d:：])(\d{1,2})[:：]([0-5]\d)(?![\d:：])"), lambda m: _clock(m)),
    (re.compile(r"(\d+(?:\.\d+)?)\s*[%％]"), r"百分之\1"),
    (re.compile(r"(\d+(?:\.\d+)?)\s*‰"), r"千分之\1"),
    # 3-5个, 50万—100万元 and 2月6日~3月1日; a telephone number (0755-88880000, 400-800-1234) is no range.
    (
        re.compile(
            r"(?<![\d-])(?!0\d)(\d{1,4}(?:\.\d+)?[万亿]?[个元人年月日号时点分周天]?)\s*[-－—–~～]+\s*"
            r"(?=(?:百分之)?\d{1,4}(?:\.\d+)?(?![\d-]))"
        ),
        r"\1到",
    ),
    (re.compile(r"(?<=\d)\s*(?:㎡|m²|m2|平米)", re.ASCII), "平方米"),
    (re.compile(r"(?<=\d)\s*(?:m³|m3)", re.ASCII), "立方米"),
    (re.compile(r"(?<=\d)\s*km(?![a-z])", re.IGNORECASE), "公里"),
    (re.compile(r"(?<=\d)\s*kg(?![a-z])", re.IGNORECASE), "公斤"),
    (re.compile(r"(?<=\d)\s*kWh(?![a-z])", re.IGNORECASE), "度"),
    (re.compile(r"(?<=\d)\s*h(?![a-z])", re.IGNORECASE), "小时"),
    (re.compile(r"(?<=\d)\s*℃"), "摄氏度"),
    (re.compile(r"(?<=[元角分吨度次])\s*/\s*(?=[\u4e00-\u9fff])"), "每"),
    (re.compile(r"(?<=[\u4e00-\u9fff]),(?=[\u4e00-\u9fff])"), "，"),
    (re.compile(r"\s*≥\s*"), "不低于"),
    (re.compile(r"\s*≤\s*"), "不超过"),
)
_SIGNS = re.compile(r"[（）()【】●•■◆★▲◎○□※*#“”\"〔〕\[\]]")


def aloud(text: str) -> str:
    """``text`` in one paragraph of plain sentences."""
    said = _ITEM.sub(lambda match: f"第{_ordinal(match[1])}，", text)
    said = _NUMBERED.sub(lambda match: f"第{_ordinal(match[1])}，", said)
    for pattern, words in _SPOKEN:
        said = pattern.sub(words, said)
    said = _SHORT_ASIDE.sub(r"\1", said)
    said = _ASIDE.sub(r"，\1，", said)
    said = _SIGNS.sub("", re.sub(r"\s*[|｜]\s*", "，", said))
    return _tidy(_joined(said))


def _joined(text: str) -> str:
    """Lines as sentences: one without a mark at its end gets a stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    ended = [line if line[-1] in _END else f"{line}。" for line in lines[:-1]]
    return "".join((*ended, *lines[-1:]))


def _tidy(text: str) -> str:
    """One mark where taking signs out has left several, the stronger of them."""
    text = re.sub(r"[，、]+(?=[。；：！？，])", "", text)
    text = re.sub(r"(?<=[。；：！？])[，、]+", "", text)
    return re.sub(r"^[，、。；：\s]+", "", text).strip()


def _date(match: re.Match[str]) -> str:
    year, month, day = (int(part) for part in match.groups())
    return f"{year}年{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else match[0]


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24:
        return match[0]
    return f"{hour}点{f'{minute}分' if minute else ''}"


def _ordinal(number: str) -> str:
    """Chinese as it is printed, up to ten also for a figure: 第三 is said, 第3 is not."""
    return _HAN[int(number) - 1] if number.isdigit() and 1 <= int(number) <= 10 else number
