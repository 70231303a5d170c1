"""What a citizen is to be called: 张三, 李女士, 我姓王."""

import re

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖"
    "贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧"
    "耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_OFTEN_A_SURNAME = frozenset(
    "王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖"
)
_DOUBLE = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|端木|南宫"
_TITLES = "先生|女士|小姐|同志|师傅|老师|大爷|大妈|大叔|大姐|阿姨|叔叔|医生|经理|老板|工"
_FULL = rf"(?:(?:{_DOUBLE})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
_POLITE = rf"(?:(?:{_DOUBLE}|[{_SURNAMES}])[\u4e00-\u9fff]{{0,2}}(?:{_TITLES})|[老小][{_SURNAMES}])"
_END = r"(?=$|[\s,，。.;；、:：!！(（\d]|电话|手机|联系|谢谢)"
_TOLD = re.compile(
    rf"(?:我叫|我是|本人叫?|名字(?:是|叫)?|姓名|联系人|称呼我?|叫我)[\s:：是为]*(?P<name>{_POLITE}|{_FULL}){_END}"
)
_SURNAME_ONLY = re.compile(rf"(?:我|本人|免贵)姓\s*(?P<name>{_DOUBLE}|[\u4e00-\u9fff]){_END}")
_ALONE = re.compile(rf"^(?P<name>{_POLITE}|{_FULL})$")
_NO_NAME = re.compile(
    "马上|安静|安全|于是|温度|时间|时候|明天|明年|和谐|成功|解决|应该|应当|包括|全部|全是|万一|常常|管理|师傅$|文件|金额|方便|许可|施工|[甲乙对]方|易"
)
_AROUND = re.compile(r"[\s,，。.;；、:：!！()（）]+|电话|手机号?码?|联系方式|联系|号码|是|谢谢")
_PHONE_OR_MAIL = re.compile(r"[\w.+-]+@[\w.-]+|\+?[\d -]{7,}|[零〇幺一二三四五六七八九]{11}")


def name_told(text: str) -> str | None:
    """The name that a sentence says is the speaker's: 我叫张三, 我姓王, 联系人：李女士."""
    told = _TOLD.search(text)
    if told:
        return told["name"]
    surname = _SURNAME_ONLY.search(text)
    return f"姓{surname['name']}" if surname else None


def name_given(text: str) -> str | None:
    """The same in an answer to the question for it, where a bare 张三 138… is a name too."""
    told = name_told(text)
    if told:
        return told
    rest = [part for part in _AROUND.split(_PHONE_OR_MAIL.sub(" ", text)) if part]
    if len(rest) == 1 and rest[0] in _OFTEN_A_SURNAME:
        return f"姓{rest[0]}"
    alone = _ALONE.match(rest[0]) if len(rest) == 1 else None
    return alone["name"] if alone and not _NO_NAME.search(alone["name"]) else None
