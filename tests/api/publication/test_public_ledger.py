"""What everybody may read: the list, its filters, the tables and the feed."""

import csv
import io
from datetime import date
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from api.clock import CHINA
from api.publication.book import PublicationBook, Texts
from api.publication.errors import PublicationNotFound
from api.publication.export import to_csv, to_xlsx
from api.publication.feed import to_rss
from api.publication.ledger import PER_PAGE, PublicLedger, Published, Wanted, months
from tests.api.publication.office import ANNA, UNIT, Clock, Office

SITE = "https://gov.example/desk/"
HOSTILE = '<script>alert(1)</script> & "引号" ]]> =1+1'


@pytest.fixture
def ledger(office: Office) -> PublicLedger:
    return PublicLedger(office.engine, office.secrets)


def _publish(office: Office, question: str = "路灯不亮", reply: str = "已经修好。", unit: str = UNIT) -> str:
    no = office.closed()
    book = PublicationBook(office.engine, office.secrets, office.clock)
    book.prepare(ANNA, no)
    book.publish(ANNA, no, book.checked(no).version, Texts(question, reply, unit), checked=True)
    office.clock.forward(minutes=1)
    return no


def test_only_what_is_published_is_shown_the_last_first_and_without_its_number(
    office: Office, ledger: PublicLedger
) -> None:
    office.closed("没有公开的")
    first, second, third = _publish(office, "一"), _publish(office, "二"), _publish(office, "三")
    book = PublicationBook(office.engine, office.secrets)
    book.withdraw(ANNA, second, book.checked(second).version, "撤")
    page = ledger.page(Wanted())
    assert [item.question for item in page.items] == ["三", "一"]
    assert page.total == 2
    for item in page.items:
        assert not {first, third} & set(item.id.split())
        assert ledger.one(item.id) == item
    assert len({item.id for item in page.items}) == 2


def test_the_id_of_a_publication_stays_and_that_of_one_withdrawn_leads_nowhere(
    office: Office, ledger: PublicLedger
) -> None:
    no = _publish(office)
    public_id = ledger.page(Wanted()).items[0].id
    assert PublicLedger(office.engine, office.secrets).one(public_id).question == "路灯不亮"
    book = PublicationBook(office.engine, office.secrets)
    book.withdraw(ANNA, no, book.checked(no).version, "撤")
    with pytest.raises(PublicationNotFound):
        ledger.one(public_id)


@pytest.mark.parametrize(
    "wrong", ["", "20261123-0001", "20261123-000000000000", "20261399-000000000000", "x" * 500, "\x00", "' OR 1=1"]
)
def test_an_id_that_is_none_is_not_found(office: Office, ledger: PublicLedger, wrong: str) -> None:
    _publish(office)
    with pytest.raises(PublicationNotFound):
        ledger.one(wrong)


def test_it_is_searched_by_text_unit_and_month_of_the_reply(office: Office, ledger: PublicLedger) -> None:
    office.clock.at = Clock().at.replace(month=11, day=30, hour=15, minute=30)
    _publish(office, "公园的路灯", unit="园林局")
    office.clock.forward(hours=1)  # already December in China
    _publish(office, "水管 100% 漏水", "换了_新管", unit="水务局")

    def found(**wanted: object) -> list[str]:
        return [item.unit for item in ledger.page(Wanted(**wanted)).items]  # type: ignore[arg-type]

    assert found(text="路灯") == ["园林局"]
    assert found(text="新管") == ["水务局"]
    assert found(text="100%") == ["水务局"]
    assert found(text="%") == ["水务局"]  # no wildcard
    assert found(text="换了x新管") == []
    assert found(unit="园林局") == ["园林局"]
    assert found(year=2026) == ["水务局", "园林局"]
    assert found(year=2026, month=11) == ["园林局"]
    assert found(year=2026, month=12) == ["水务局"]
    assert found(year=2025) == []
    assert ledger.units() == ["园林局", "水务局"]
    assert ledger.years() == [2026]


def test_a_page_beyond_the_last_is_the_last(office: Office, ledger: PublicLedger) -> None:
    for number in range(PER_PAGE + 1):
        _publish(office, f"第{number}件")
    assert [ledger.page(Wanted(), page).page for page in (1, 2, 99)] == [1, 2, 2]
    assert len(ledger.page(Wanted(), 2).items) == 1


def test_the_months_of_a_year_follow_each_other() -> None:
    ends = [months(2026, month) for month in range(1, 13)]
    assert ends[0][0] == date(2026, 1, 1)
    assert [after for _, after in ends[:-1]] == [first for first, _ in ends[1:]]
    assert ends[-1][1] == date(2027, 1, 1) == months(2026, None)[1]


def test_no_cell_of_a_table_starts_a_formula() -> None:
    items = [_item(question='=HYPERLINK("http://x")', reply="+1", unit="@局"), _item(question="普通")]
    rows = list(csv.reader(io.StringIO(to_csv(items).decode("utf-8-sig"))))
    assert rows[0] == ["受理日期", "答复日期", "答复部门", "诉求内容", "答复内容"]
    assert rows[1] == ["2026-11-20", "2026-11-23", "'@局", '\'=HYPERLINK("http://x")', "'+1"]
    sheet = load_workbook(io.BytesIO(to_xlsx(items))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type == "s" and not str(cell.value).startswith(("=", "+", "@")) for cell in cells)


def test_the_feed_is_rss_with_absolute_links_and_ids_that_stay() -> None:
    items = [_item(id="20261120-0123456789ab", question="路灯不亮"), _item(id="20261121-0123456789ab")]
    channel = xml.fromstring(to_rss(items, SITE)).find("channel")
    assert channel is not None
    assert channel.findtext("link") == f"{SITE}public/requests"
    first, _ = channel.findall("item")
    assert first.findtext("link") == f"{SITE}public/requests/20261120-0123456789ab"
    guid = first.find("guid")
    assert guid is not None
    assert (guid.text, guid.get("isPermaLink")) == ("20261120-0123456789ab", "false")
    published = parsedate_to_datetime(first.findtext("pubDate") or "")
    assert published == Clock().at
    described = first.findtext("description") or ""
    assert "受理日期：2026-11-20" in described
    assert "答复日期：2026-11-23" in described
    assert UNIT in described


def test_what_somebody_wrote_becomes_no_markup_in_a_reader() -> None:
    channel = xml.fromstring(to_rss([_item(question=HOSTILE, reply=HOSTILE)], SITE)).find("channel")
    assert channel is not None
    item = channel.find("item")
    assert item is not None
    assert "<script" not in (item.findtext("description") or "")
    assert "&lt;script&gt;" in (item.findtext("description") or "")
    assert "<" not in (item.findtext("title") or "")


def test_an_empty_feed_is_a_feed() -> None:
    channel = xml.fromstring(to_rss([], SITE)).find("channel")
    assert channel is not None
    assert channel.findall("item") == []


@given(st.text(max_size=60))
def test_the_feed_can_be_parsed_whatever_stands_in_it(text: str) -> None:
    content = to_rss([_item(question=text, reply=text, unit=text)], SITE)
    assert xml.fromstring(content).find("channel/item") is not None


def _item(**facts: object) -> Published:
    given = {
        "id": "20261120-0123456789ab",
        "question": "路灯不亮",
        "reply": "修好了",
        "unit": UNIT,
        "received_on": date(2026, 11, 20),
        "replied_on": date(2026, 11, 23),
        "published_at": Clock().at.astimezone(CHINA),
        **facts,
    }
    return Published(**given)  # type: ignore[arg-type]
