"""Which documents of a base others of it have repealed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Document
from knowledge.repeals import settle, unmatched
from knowledge.validity import in_force

OLD = Document(
    id="old",
    title="甲市人才办法",
    doc_number="甲政〔2015〕3号",
    issuer=None,
    region="甲市",
    year=2015,
    published_on=date(2015, 5, 1),
    effective_from=None,
    effective_to=None,
    status="有效",
    superseded_by=None,
    source_path="",
    sha256="",
)
NEW = replace(
    OLD,
    id="new",
    title="甲市人才新办法",
    doc_number="甲政〔2020〕8号",
    year=2020,
    published_on=date(2020, 2, 1),
    effective_from=date(2020, 3, 1),
)


def by_id(*documents: Document) -> dict[str, Document]:
    return {document.id: document for document in settle(documents)}


@pytest.mark.parametrize(
    "item",
    [
        "甲政〔2015〕3号",
        "甲政[2015] 3 号",
        "甲市人才办法|甲政〔2015〕3号",
        "某题错字|甲政〔2015〕3号",
        "甲市人才办法",
        "《甲市人才办法》",
        "甲市 人才办法",
    ],
)
def test_a_repealed_document_is_in_force_until_the_day_before(item: str) -> None:
    old = by_id(OLD, replace(NEW, repeals=(item,)))["old"]
    assert (old.status, old.superseded_by, old.effective_to) == ("废止", "new", date(2020, 2, 29))
    assert in_force(old, date(2020, 2, 29))
    assert not in_force(old, date(2020, 3, 1))


@pytest.mark.parametrize(
    "item",
    [
        "甲市人才办法（试行）",
        "甲市人才办法（2018年版）",
        "甲市人才办法|甲政〔2014〕1号",
        "甲政〔2015〕33号",
        "人才",
    ],
)
def test_another_name_repeals_nothing_and_is_reported(item: str) -> None:
    new = replace(NEW, repeals=(item,))
    assert by_id(OLD, new)["old"] == OLD
    assert unmatched((OLD, new)) == [(new, item)]


def test_what_is_found_is_not_reported() -> None:
    assert unmatched((OLD, replace(NEW, repeals=("甲政〔2015〕3号",)))) == []


@pytest.mark.parametrize(
    ("title", "item"),
    [
        ("甲市人民政府关于印发甲市人才办法的通知", "甲市人才办法"),
        ("甲市人才办法", "甲市人民政府办公室关于印发〈甲市人才办法〉的通知"),
        ("甲市人社局关于做好人才工作的通知", "关于做好人才工作的通知"),
        ("甲市人才办法（试行）", "甲市人才办法(试行)"),
    ],
)
def test_a_title_is_found_as_it_is_cited(title: str, item: str) -> None:
    old = replace(OLD, title=title, doc_number=None)
    assert by_id(old, replace(NEW, repeals=(item,)))["old"].superseded_by == "new"


def test_a_title_of_another_region_is_another_document() -> None:
    new = replace(NEW, region="乙市", repeals=("甲市人才办法",))
    assert by_id(OLD, new)["old"] == OLD
    assert by_id(OLD, replace(new, region="全国"))["old"].status == "废止"


def test_the_whole_country_repeals_no_document_that_shares_only_the_title_below_its_organ() -> None:
    old = replace(OLD, title="甲市人社局关于做好人才工作的通知", doc_number=None)
    new = replace(NEW, repeals=("关于做好人才工作的通知",))
    assert by_id(old, new)["old"].status == "废止"
    assert by_id(old, replace(new, region="全国"))["old"] == old


def test_another_copy_of_the_repealing_document_is_not_what_it_repeals() -> None:
    item = "甲市人才办法|甲政〔2015〕3号"
    copy = replace(OLD, id="copy", doc_number=None, published_on=None, year=None, repeals=(item,))
    assert by_id(copy, replace(NEW, title="甲市人才办法", repeals=(item,)))["copy"] == copy


def test_of_several_with_one_title_the_newest_that_is_older_is_meant() -> None:
    middle = replace(OLD, id="middle", doc_number=None, year=2018, published_on=date(2018, 1, 1))
    younger = replace(OLD, id="younger", doc_number=None, year=2021, published_on=date(2021, 1, 1))
    new = replace(NEW, title="甲市人才办法", repeals=("甲市人才办法",))
    settled = by_id(OLD, middle, younger, new)
    assert [key for key, document in settled.items() if document.status == "废止"] == ["middle"]


def test_a_newer_document_of_the_same_title_repeals_nothing_by_itself() -> None:
    new = replace(NEW, title=OLD.title)
    assert settle((OLD, new)) == (OLD, new)


def test_an_earlier_end_stays() -> None:
    old = replace(OLD, effective_to=date(2018, 12, 31))
    assert by_id(old, replace(NEW, repeals=("甲政〔2015〕3号",)))["old"].effective_to == date(2018, 12, 31)


def test_without_a_day_of_the_repeal_no_last_day_is_made_up() -> None:
    new = replace(NEW, published_on=None, effective_from=None, repeals=("甲政〔2015〕3号",))
    old = by_id(OLD, new)["old"]
    assert (old.status, old.effective_to) == ("废止", None)
    assert not in_force(old, date(2016, 1, 1))


def test_the_first_of_several_repeals_ends_it() -> None:
    new = replace(NEW, repeals=("甲政〔2015〕3号",))
    later = replace(new, id="later", doc_number="甲政〔2022〕1号", effective_from=date(2022, 1, 1))
    old = by_id(later, OLD, new)["old"]
    assert (old.superseded_by, old.effective_to) == ("new", date(2020, 2, 29))


def test_what_was_repealed_stays_so_when_its_successor_is_repealed() -> None:
    new = replace(NEW, repeals=("甲政〔2015〕3号",))
    newest = replace(
        NEW, id="newest", doc_number="甲政〔2023〕1号", year=2023, published_on=date(2023, 1, 1),
        effective_from=date(2023, 1, 1), repeals=("甲政〔2020〕8号",),
    )  # fmt: skip
    settled = by_id(OLD, new, newest)
    assert (settled["old"].superseded_by, settled["new"].superseded_by) == ("new", "newest")
    assert [settled[key].status for key in ("old", "new", "newest")] == ["废止", "废止", "有效"]


def test_a_document_does_not_repeal_itself_nor_a_younger_one() -> None:
    new = replace(NEW, repeals=("甲政〔2020〕8号", "甲市人才新办法"))
    assert settle((new,)) == (new,)
    old = replace(OLD, repeals=("甲政〔2020〕8号",))
    assert settle((old, NEW)) == (old, NEW)


def test_documents_that_repeal_each_other_all_stay() -> None:
    names = ("a", "b", "c")
    ring = tuple(
        replace(OLD, id=name, doc_number=f"{name}政〔2015〕3号", repeals=(f"{other}政〔2015〕3号",))
        for name, other in zip(names, names[1:] + names[:1], strict=True)
    )
    assert settle(ring) == ring


@pytest.mark.parametrize("said", ["new", "甲政〔2020〕8号", "甲市人才新办法", "《甲市人才新办法》"])
def test_a_successor_named_by_an_admin_is_given_by_its_id(said: str) -> None:
    assert by_id(replace(OLD, superseded_by=said), NEW)["old"].superseded_by == "new"


def test_a_successor_that_is_not_in_the_base_stays_as_said() -> None:
    assert by_id(replace(OLD, superseded_by="甲政〔2030〕1号"), NEW)["old"].superseded_by == "甲政〔2030〕1号"


def test_a_successor_an_admin_named_is_kept() -> None:
    old = replace(OLD, superseded_by="甲政〔2030〕1号")
    assert by_id(old, replace(NEW, repeals=("甲政〔2015〕3号",)))["old"].superseded_by == "甲政〔2030〕1号"


def test_a_number_that_many_use_needs_the_title() -> None:
    old = replace(OLD, title="甲市指挥部通告", doc_number="第12号")
    assert by_id(old, replace(NEW, repeals=("别的通告|第12号",)))["old"] == old
    assert by_id(old, replace(NEW, repeals=("甲市指挥部通告|第12号",)))["old"].status == "废止"


DAYS = st.none() | st.dates(date(2015, 1, 1), date(2020, 12, 31))


@st.composite
def bases(draw: st.DrawFn) -> tuple[Document, ...]:
    count = draw(st.integers(0, 6))
    numbers = [f"甲政〔2015〕{place}号" for place in range(count)]
    titles = [f"甲市第{place}办法" for place in range(count)]
    return tuple(
        replace(
            OLD,
            id=str(place),
            title=titles[place],
            doc_number=draw(st.sampled_from([None, numbers[place]])),
            published_on=draw(DAYS),
            effective_from=draw(DAYS),
            superseded_by=draw(st.none() | st.sampled_from([*titles, *numbers, "别的"])),
            repeals=tuple(draw(st.lists(st.sampled_from([*titles, *numbers, "别的"]), max_size=3))),
        )
        for place in range(count)
    )


@given(bases())
def test_settling_again_changes_nothing(documents: tuple[Document, ...]) -> None:
    settled = settle(documents)
    assert settle(settled) == settled
    assert [document.id for document in settled] == [document.id for document in documents]
    if documents:
        assert any(document.status == "有效" for document in settled)
    assert all(document.superseded_by != document.id for document in settled)
