import pytest

from api.answers.spoken import as_written


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("啥子时候公开", "什么时候公开"),
        ("搁哪看得到", "在哪看得到"),
        ("不对,我说的是济南", "济南"),
        ("不是,兰州", "兰州"),
        ("权 责 清 单 谁 负 责", "权责清单谁负责"),
        ("政务公开 由谁负责", "政务公开 由谁负责"),
        ("不是本地人能申请公开吗", "不是本地人能申请公开吗"),
        ("不对", "不对"),
    ],
)
def test_speech_is_read_as_it_would_be_written(said: str, written: str) -> None:
    assert as_written(said) == written
