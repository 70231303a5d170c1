"""Lines to paragraphs in PDF files drawn for the purpose: edges of pages, wraps, titles, blanks, watermarks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from knowledge.readers.printed.pdf import read_pdf
from knowledge.readers.source import Line, Source
from tests.knowledge.readers.pdf_files import (
    HEIGHT,
    LEADING,
    LEFT,
    RIGHT,
    SIZE,
    SONG,
    TOP,
    WIDTH,
    centre,
    drawn,
    end,
    type_out,
    wrapped,
    write,
)

FIRST = "各单位应当于每季度末将落实情况报新区办公室，由新区办公室汇总后在政府网站集中公布，并纳入年度考核内容。"
SECOND = "财政局应当公开预算、决算和政府采购的实施情况，接受社会监督，及时回应群众关切的热点问题，做到事事有着落。"


def texts(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line)]


def read(*pages: object) -> list[str]:
    return texts(read_pdf(drawn(*pages), "通知.pdf"))  # type: ignore[arg-type]


def both(canvas: Canvas) -> None:
    type_out(canvas, wrapped(FIRST) + wrapped(SECOND))


def test_wrapped_lines_are_one_paragraph_and_the_indent_begins_the_next() -> None:
    assert read(both) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "number", ["— 3 —", "- 3 -", "－3－", "3", "第3页", "第 3 页 共 9 页", "第3页，共9页", "3/9", "Page 3 of 9"]
)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_page_numbers_at_the_foot_go(number: str, count: int) -> None:
    def page(at: int) -> object:
        def draw(canvas: Canvas) -> None:
            both(canvas)
            centre(canvas, HEIGHT - 60, number.replace("3", str(at)), 14)

        return draw

    assert read(*(page(at) for at in range(1, count + 1))) == [FIRST, SECOND] * count


def test_numbers_that_begin_elsewhere_than_at_1_go_where_they_count_on() -> None:
    def page(at: int) -> object:
        def draw(canvas: Canvas) -> None:
            both(canvas)
            centre(canvas, HEIGHT - 60, str(at + 11), 14)

        return draw

    assert read(page(1), page(2)) == [FIRST, SECOND] * 2


@pytest.mark.parametrize("last", ["2024", "财政局 3", "3.", "第三条", "（完）"])
def test_a_line_at_the_foot_that_is_text_stays(last: str) -> None:
    def draw(canvas: Canvas) -> None:
        both(canvas)
        centre(canvas, HEIGHT - 90, last)

    assert read(draw) == [FIRST, SECOND, last]


@pytest.mark.parametrize("head", ["滨河市政务公开工作规定", "11/25/26, 11:03 PM 公开要点", "2024年1月2日第3次印刷"])
def test_running_heads_go_and_what_stands_once_stays(head: str) -> None:
    """Figures in a head may happen to be the number of a page."""

    def page(at: int) -> object:
        def draw(canvas: Canvas) -> None:
            centre(canvas, 50, head, 9)
            write(canvas, RIGHT - 20, 62, str(at), 9)
            type_out(canvas, [(LEFT + 2 * SIZE, f"第{at}号文件的内容。")])

        return draw

    assert read(*(page(at) for at in range(1, 5))) == [f"第{at}号文件的内容。" for at in range(1, 5)]


def test_attachments_that_begin_at_the_top_of_their_pages_stay() -> None:
    def page(at: int) -> object:
        return lambda canvas: type_out(canvas, [(LEFT, f"附件{at}"), (LEFT + 2 * SIZE, "名单如下。")], 80)

    assert read(*(page(at) for at in range(1, 5))) == [
        part for at in range(1, 5) for part in (f"附件{at}", "名单如下。")
    ]


def test_a_paragraph_goes_on_over_the_page() -> None:
    lines = wrapped(FIRST)

    def first(canvas: Canvas) -> None:
        type_out(canvas, lines[:1], HEIGHT - 130)
        centre(canvas, HEIGHT - 60, "— 1 —", 14)

    def second(canvas: Canvas) -> None:
        type_out(canvas, lines[1:] + wrapped(SECOND))
        centre(canvas, HEIGHT - 60, "— 2 —", 14)

    source = read_pdf(drawn(first, second), "通知.pdf")
    assert source.blocks == (Line(FIRST, 1, 1), Line(SECOND, 1, 2))


def test_a_title_over_lines_is_one_line_and_what_is_centred_stays_by_itself() -> None:
    def draw(canvas: Canvas) -> None:
        centre(canvas, 120, "滨河市人民政府文件", 36)
        centre(canvas, 180, "滨政发〔2024〕3号")
        centre(canvas, 240, "滨河市人民政府关于进一步", 22)
        centre(canvas, 275, "加强政务公开工作的", 22)
        centre(canvas, 310, "实施意见", 22)
        y = type_out(canvas, wrapped(FIRST), 360)
        end(canvas, y + LEADING, "滨河市人民政府")
        end(canvas, y + 2 * LEADING, "2024年3月1日")

    source = read_pdf(drawn(draw), "意见.pdf")
    assert [(block.text, block.level) for block in source.blocks if isinstance(block, Line)] == [
        ("滨河市人民政府文件", None),
        ("滨政发〔2024〕3号", None),
        ("滨河市人民政府关于进一步加强政务公开工作的实施意见", 0),
        (FIRST, None),
        ("滨河市人民政府", None),
        ("2024年3月1日", None),
    ]


@pytest.mark.parametrize("start", ["一、", "（一）", "1.", "第二条 ", "附件："])
def test_numbered_paragraphs_begin_anew_where_nothing_is_set_in(start: str) -> None:
    numbered = start + SECOND[: 27 - len(start)]
    lines = [*wrapped("本" * 26 + "。", 0), (LEFT, numbered), (LEFT, SECOND[27:40] + "。")]
    assert read(lambda canvas: type_out(canvas, lines)) == ["本" * 26 + "。", numbered + SECOND[27:40] + "。"]


def test_a_reference_at_the_beginning_of_a_line_does_not_begin_a_paragraph() -> None:
    text = "申请人对行政机关的答复不服的可以依照本办法的规定和第三条的规定申请行政复议或者提起行政诉讼。"
    assert text[25:28] == "第三条"
    assert read(lambda canvas: type_out(canvas, wrapped(text) + wrapped(SECOND))) == [text, SECOND]


def test_words_of_latin_letters_keep_their_blanks_over_a_wrap() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 16)
        canvas.drawString(LEFT, HEIGHT - 105, "The open data platform of the city government publishes")
        canvas.drawString(LEFT, HEIGHT - 133, "budgets and plans.")

    assert read(draw) == ["The open data platform of the city government publishes budgets and plans."]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ([(0, "第一章　总　则")], "第一章 总 则"),
        ([(0, "通"), (48, "知")], "通知"),
        ([(0, "签发人："), (96, "办公室")], "签发人： 办公室"),
        ([(0, "围绕"), (36, "2024"), (72, "年")], "围绕2024年"),
    ],
)
def test_blanks_are_those_that_were_printed(printed: list[tuple[float, str]], expected: str) -> None:
    def draw(canvas: Canvas) -> None:
        for x, text in printed:
            write(canvas, LEFT + x, TOP, text)

    assert read(draw) == [expected]


def test_bold_by_double_printing_is_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.4):
            for at, char in enumerate("一一对应的公开要求"):
                write(canvas, LEFT + at * SIZE + shift, TOP, char)

    assert read(draw) == ["一一对应的公开要求"]


@pytest.mark.parametrize("angle", [45, 30, 90])
def test_a_watermark_across_the_pages_goes(angle: int) -> None:
    def draw(canvas: Canvas) -> None:
        both(canvas)
        canvas.saveState()
        canvas.translate(WIDTH / 2, HEIGHT / 2)
        canvas.rotate(angle)
        canvas.setFont(SONG, 60)
        canvas.drawCentredString(0, 0, "内部资料")
        canvas.restoreState()

    assert read(draw, draw) == [FIRST, SECOND] * 2


def test_a_page_printed_sideways_is_read_as_if_turned() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        canvas.setFont(SONG, SIZE)
        for at, (x, text) in enumerate(wrapped(FIRST) + wrapped(SECOND) + wrapped(FIRST)):
            canvas.drawString(x, WIDTH - TOP - at * LEADING, text)

    assert read(draw) == [FIRST, SECOND, FIRST]


def test_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        centre(canvas, 100, "滨河市政务公开工作简述和说明以及若干问题解答")
        for x, name in ((LEFT, "左"), (WIDTH / 2 + 12, "右")):
            for at in range(11):
                write(canvas, x, 150 + 20 * at, name + "栏说明公开工作要求的正文内容文字", 12)
            write(canvas, x, 370, "结束。", 12)

    left, right = ((name + "栏说明公开工作要求的正文内容文字") * 11 + "结束。" for name in "左右")
    assert read(draw) == ["滨河市政务公开工作简述和说明以及若干问题解答", left, right]


def test_a_list_of_short_lines_of_one_length_stays_a_list() -> None:
    names = ["市财政局", "市税务局", "市司法局", "市教育局"]
    assert read(lambda canvas: type_out(canvas, [(LEFT, name) for name in names])) == names


SENTENCES = st.lists(
    st.text("公开财政预算政策解读网站发布", min_size=3, max_size=120).map(lambda text: text + "。"),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(SENTENCES)
def test_paragraphs_come_back_as_they_were_set(paragraphs: list[str]) -> None:
    lines = [line for paragraph in paragraphs for line in wrapped(paragraph)]
    assert read(lambda canvas: type_out(canvas, lines)) == paragraphs
