import pytest

from api.answers.topic import strip_to_topic


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("请问一下垃圾分类由谁负责啊", "垃圾分类"),
        ("政策解读是哪个部门牵头的?", "政策解读"),
        ("什么时候完成", "完成"),
        ("由谁牵头", ""),
        ("时限呢", ""),
        ("哪天上班", "上班"),
        ("学校哪天开学", "学校 开学"),
        ("哪年级先开学", "年级先开学"),
        ("在哪里公开", "公开"),
        ("想问下食品抽检的结果在哪里看", "食品抽检的结果 看"),
        ("双随机一公开", "双随机一公开"),
    ],
)
def test_what_remains_is_the_matter_asked_about(question: str, topic: str) -> None:
    assert strip_to_topic(question) == topic
