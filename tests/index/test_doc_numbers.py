import pytest

from index.doc_numbers import find_doc_numbers, names_document


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("东管办发〔2021〕7号讲了什么", True),
        ("东管办发[2021]7号讲了什么", True),
        ("东管办发（2021）第7号", True),
        ("东管办发2021年7号文", True),
        ("〔2021〕7号", True),
        ("根据东管办发〔2021〕07号", True),
        ("东管办发〔2021〕17号", False),
        ("东管办发〔2020〕7号", False),
        ("西管办发〔2021〕7号", False),
        ("2021年有7号线吗", False),
    ],
)
def test_a_document_is_named_however_its_number_is_bracketed(question: str, named: bool) -> None:
    assert names_document(find_doc_numbers(question), "东管办发〔2021〕7号") is named


def test_a_document_without_number_is_never_named() -> None:
    assert not names_document(find_doc_numbers("〔2021〕7号"), None)
