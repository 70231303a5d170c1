import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.desk.aloud import aloud


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("2019-12-31前完成", "2019年12月31日前完成"),
        ("2020.2.6起执行", "2020年2月6日起执行"),
        ("2023/7/1", "2023年7月1日"),
        ("比例为1.2.3", "比例为1.2.3"),
        ("编号2023-13-40", "编号2023-13-40"),
        ("拨打0755-88880000", "拨打0755-88880000"),
        ("拨打400-800-1234", "拨打400-800-1234"),
        ("2月6日—3月1日", "2月6日到3月1日"),
        ("3-5个工作日", "3到5个工作日"),
        ("贷款50万—100万元", "贷款50万到100万元"),
        ("减免50%", "减免百分之50"),
        ("比例从50%~60%提高", "比例从百分之50到百分之60提高"),
        ("利率5‰", "利率千分之5"),
        ("每日7:00-22:30开放", "每日7点到22点30分开放"),
        ("补助1,200元", "补助1200元"),
        ("8元/平方米", "8元每平方米"),
        ("面积30㎡以上", "面积30平方米以上"),
        ("面积30 m2以上", "面积30平方米以上"),
        ("24h服务", "24小时服务"),
        ("限重5kg", "限重5公斤"),
        ("气温≥37℃", "气温不低于37摄氏度"),
        ("（一）公开预算；（二）公开决算。", "第一，公开预算；第二，公开决算。"),
        ("1.公开预算。2.公开决算。", "第一，公开预算。第二，公开决算。"),
        ("投入1.5亿元", "投入1.5亿元"),
        ("各镇（街道）", "各镇街道"),
        ("工委（管委会）办公室", "工委管委会办公室"),
        ("专栏（在政府网站首页设置）要醒目", "专栏，在政府网站首页设置，要醒目"),
        ("按要求公开（责任单位：区财政局、区教育局）。", "按要求公开，责任单位：区财政局、区教育局。"),
        ("“双随机、一公开”", "双随机、一公开"),
        ("第一行\n第二行。", "第一行。第二行。"),
        ("项目 | 金额", "项目，金额"),
        ("●重点领域", "重点领域"),
        ("坚决落实,确保成效", "坚决落实，确保成效"),
        ("", ""),
    ],
)
def test_print_becomes_speech(printed: str, said: str) -> None:
    assert aloud(printed) == said


@given(st.text(alphabet="政务公开（）()【】〔〕，、。；：\n●|一二12.%-/〕“”", max_size=60))
def test_nothing_is_left_that_cannot_be_said(printed: str) -> None:
    said = aloud(printed)
    assert not set(said) & set("〔〕【】●|“”\n")
    assert not said.startswith(("，", "。", "；"))


@given(st.text(alphabet="政务公开信息由区财政局负责，。", max_size=60))
def test_plain_words_stay_in_their_order(printed: str) -> None:
    kept = [letter for letter in printed if letter not in "，。"]
    assert [letter for letter in aloud(printed) if letter not in "，。"] == kept
