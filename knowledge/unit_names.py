"""The ways people write a unit, and which printed units name nobody in particular."""

import re
from collections.abc import Iterable

from knowledge.text import fold_chars, squash

_TAILS = re.compile(r"(等(各)?(有关|相关)?(部门|单位|处室|街道|园区)?)$")
_GENERIC = re.compile(
    r".*各(个|级|有关|相关|直属|业务|派驻)*(部门|单位|处室|机构|科室|企事业单位|直属企事业单位|园区|区|县|镇|街道|乡镇).*|各.+"
    r"|(其他|其它|所有|全体|相关|有关|业务|责任|涉及|主管|承办|起草|区直|市直|委属|下属|成员)*(有关|相关)?(部门|单位|处室|机构|企业|科室)"
    r"|.+的(部门|单位|处室|机构)"
)
_CONCRETE = re.compile(r"各.*(园区|街道|镇|乡|企业).*")
_BRACKETED = re.compile(r"^(.*?)\((.+?)\)(.*)$")
_QUOTES = re.compile(r"[“”\"'‘’「」『』《》]")
# Not the beginning of 市场监管局 and 区域合作局.
_PREFIX = re.compile(r"^(新区|区(?!域)|市(?![场政容民监])|县|管委会)(?=.{3,})")
# Long and short words inside names of offices; each way round.
_WORDS = (
    ("住房和城乡建设", "住建"),
    ("市场监督管理", "市场监管"),
    ("市场监管", "市监"),
    ("人力资源和社会保障", "人社"),
    ("发展和改革", "发改"),
    ("卫生健康", "卫健"),
    ("科技创新", "科创"),
    ("应急管理", "应急"),
    ("国土资源", "国土"),
    ("生态环境", "环保"),
    ("生态环境", "环境"),
    ("行政服务", "政务服务"),
    ("行政审批", "审批"),
    ("规划和国土", "规国"),
    ("经济发展", "经发"),
    ("纪工委监工委", "纪工委"),
    ("自然资源与规划建设管理", "自然资源和规划"),
    ("自然资源与规划建设管理", "自然资源"),
    ("自然资源和规划", "自规"),
    ("自然资源和规划", "自然资源"),
    ("教育体育", "教体"),
    ("教育和体育", "教体"),
    ("文化和旅游", "文旅"),
    ("文化旅游", "文旅"),
    ("文化广电和旅游", "文旅"),
    ("工业和信息化", "工信"),
    ("经济和信息化", "经信"),
    ("城市管理综合执法", "城管"),
    ("城市管理和综合执法", "城管"),
    ("城市管理", "城管"),
    ("综合行政执法", "综合执法"),
    ("医疗保障", "医保"),
    ("退役军人事务", "退役军人"),
    ("农业农村", "农业"),
    ("交通运输", "交通"),
    ("民族宗教事务", "民宗"),
    ("政务服务数据管理", "政数"),
    ("国有资产监督管理", "国资"),
    ("纪检监察", "纪检"),
    ("扶贫开发", "扶贫"),
    ("园林绿化", "园林"),
)
# Offices that there are, and that sound like others: none of them is a misspelling.
_SOUND_ALIKE = re.compile(
    r"(监察|检察|市建|市监|城建|城管|城关|公信|工信|经信|公安|公交|工商|公商|水利|水里|农经|侨务|商务|人防|文物|税务|事务|"
    r"司法|执法|教育|交通|民政|林政|路政|邮政|财政|园林|统计|统战|审计|审批|计生|机关|信访|新房|住房|海关|海事|外事|劳动)"
    r"(局|委|办|处|部|厅|科|院|室|分局|办公室|委员会|中心)?"
)
_FILLERS = ("领导小组", "改革建设", "建设", "改革", "工作", "综合")
_SHORTEST = 3
_LONGEST_REGION = 5
_MOST_FORMS = 60


def is_generic_unit(unit: str) -> bool:
    """Whether a printed unit names a class of units (各部门, 有关单位) and nobody in particular."""
    return _GENERIC.fullmatch(squash(unit)) is not None


def sounds_like_others(name: str) -> bool:
    """Whether ``name`` is an office that there is, however alike another one's name sounds: 检察院, 市建局."""
    return _SOUND_ALIKE.fullmatch(_PREFIX.sub("", name)) is not None


def is_findable(unit: str) -> bool:
    """Whether a question can be about this unit: it has a name, or is a class as concrete as 各街道办事处."""
    return not is_generic_unit(unit) or _CONCRETE.fullmatch(squash(unit)) is not None


def unit_core(unit: str) -> str:
    """The unit without 等相关部门 and the like."""
    core = _TAILS.sub("", squash(unit))
    return core if len(core) >= _SHORTEST - 1 else squash(unit)


def plain_names(unit: str) -> tuple[str, str]:
    """The unit as printed and without 区, 市 or 县 in front, both folded."""
    core = _QUOTES.sub("", fold_chars(unit_core(unit)))
    return core, _PREFIX.sub("", core)


def unit_aliases(unit: str, region_names: Iterable[str]) -> tuple[str, ...]:
    """Folded names for ``unit`` in a region called ``region_names``, itself first."""
    core = fold_chars(unit_core(unit))
    plain = _QUOTES.sub("", core)
    forms = dict.fromkeys([fold_chars(squash(unit)), core, plain])
    for step in (_bracket_forms, _prefix_forms, _office_forms, _word_forms):
        for form in list(forms):
            forms.update(dict.fromkeys(step(form)))
        if len(forms) > _MOST_FORMS:
            break
    bare = _PREFIX.sub("", plain)
    forms.update(dict.fromkeys(name + bare for name in region_names if len(name) <= _LONGEST_REGION))
    return tuple(form for form in forms if (len(form) >= _SHORTEST and not is_generic_unit(form)) or form == core)


def _bracket_forms(name: str) -> list[str]:
    """工委(管委会)办公室: 工委办公室, 管委会办公室, 工委管委会办公室; 政协工作室(扶贫办): 政协工作室, 扶贫办."""
    match = _BRACKETED.match(name)
    if not match:
        return []
    before, inner, after = match.groups()
    if after:
        return [before + after, inner + after, before + inner + after]
    return [before, inner]


def _prefix_forms(name: str) -> list[str]:
    bare = _PREFIX.sub("", name)
    return [bare, f"区{bare}", f"新区{bare}"] if len(bare) >= _SHORTEST else []


def _office_forms(name: str) -> list[str]:
    """Offices of leading groups without the filler words, 办公室 and 办, 分局 and 局, 党工委 and 工委."""
    forms = []
    if "领导小组" in name:
        stem = name
        for filler in _FILLERS:
            stem = stem.replace(filler, "")
            forms.append(stem)
        forms.append(name.replace("领导小组", ""))
        forms.append(name.replace("建设领导小组", ""))
        forms.append(name.replace("改革建设", "").replace("领导小组", ""))
    offices = [form for form in (name, *forms) if form.endswith("办公室") and len(form) > len("办公室") + 1]
    forms += [form.removesuffix("公室") for form in offices]
    if name.endswith("分局"):
        forms.append(name.removesuffix("分局") + "局")
    if name.startswith("党工委"):
        forms.append(name.removeprefix("党"))
    elif name.startswith("工委"):
        forms.append("党" + name)
    return forms


def _word_forms(name: str) -> list[str]:
    forms = [name.replace(long, short) for long, short in _WORDS if long in name]
    forms += [name.replace(short, long) for long, short in _WORDS if short in name and long not in name]
    if name.endswith("健康委"):
        forms += [name.replace("卫生健康委", "卫健委"), name + "员会"]
    return forms
