"""What portals print around an article: menus, breadcrumbs, share bars, the way to the next page, the imprint. Known by
their wording alone."""

import re

from knowledge.readers.html.blocks import PrintedBlock, PrintedLine

_BUTTONS = "|".join((
    "打印", "打印本页", "打印此页", "打印文章", "打印本文", "打印该页", "关闭", "关闭窗口", "关闭本页", "关闭此页",
    "返回顶部", "回到顶部", "返回首页", "返回列表", "返回上一页", "收藏本页", "加入收藏", "设为首页", "分享",
    "分享到", "分享至", "分享给好友", "微信", "新浪微博", "微博", "腾讯微博", "QQ", "QQ空间", "QQ好友", "复制链接",
    "扫一扫", "扫码分享", "大", "中", "小", "默认", "字体", "字号", "字体大小", "放大", "缩小", "正文字体",
    "语音播报", "朗读", "收听", "无障碍浏览", "无障碍阅读", "长者模式", "适老版", "关怀版", "进入关怀版",
    "进入适老模式", "简体版", "繁体版", "English", "请输入关键字", "我要纠错",
))  # fmt: skip
_OTHER_BUTTONS = "|".join((
    "返回", "TOP", "顶部", "收藏", "无障碍", "简体", "繁体", "繁體", "EN", "登录", "注册", "退出", "用户登录",
    "个人中心", "搜索", "检索", "站内搜索", "全站搜索", "高级搜索", "热门搜索", "首页", "网站首页", "网站地图",
    "站点地图", "关于我们", "联系我们", "隐私声明", "网站声明", "法律声明", "版权声明", "使用帮助", "网站纠错",
    "纠错", "移动版", "手机版", "电脑版", "微信公众号", "政务微信", "政务微博", "官方微信", "官方微博", "客户端",
    "新媒体矩阵", "友情链接", "上一页", "下一页", "尾页", "末页", "保存", "下载", "下载Word", "导出", "无", "没有了",
))  # fmt: skip
_BETWEEN = r"[\s\u3000|｜/\\\[\]【】()（）:：,，、·>»+\-—_×✕]|A[+-]?|T[+-]"
_ONLY_BUTTONS = re.compile(rf"(?:(?:{_BUTTONS})|{_BETWEEN})+", re.I)
_ONLY_ANY_BUTTONS = re.compile(rf"(?:(?:{_BUTTONS})|(?:{_OTHER_BUTTONS})|{_BETWEEN})+", re.I)
_LINE = re.compile(
    r"您?的?(当前|现在|目前)?(所在)?的?(位置|栏目)(是|在)?\s*[:：]\s*(网站)?首\s*页.*|您?的?当前(所在)?(位置|页面)\s*[:：].*"
    r"|(网站)?首\s*页\s*(>|»|›|＞|/|→|\\|-+|—+|·|&gt;).*"
    r"|[【\[]?\s*(上|下|前|后)一(篇|条|页|则)\s*[】\]]?\s*[:：].*"
    r"|.*((浙|京|沪|津|渝|冀|晋|蒙|辽|吉|黑|苏|皖|闽|赣|鲁|豫|鄂|湘|粤|桂|琼|川|蜀|贵|黔|云|滇|藏|陕|甘|陇|青|宁|新|\w)ICP(备|证)|公网安备|网安备|网站标识码|政府网站标识).*"
    r"|.{0,20}(版权所有|All Rights? Reserved|Copyright\s*(©|\(c\)|\d)).*"
    r"|扫一扫.{0,20}(打开|分享|浏览|关注|手机).{0,10}|(分享到|分享至)\s*[:：].{0,30}"
    r"|.*建议.{0,12}(使用|采用).{0,40}(分辨率|浏览器).*",
    re.I,
)  # fmt: skip
_OTHER_LINE = re.compile(
    r".*(浏览|阅读|点击|访问)(次数|人数|数|量|率)\s*[:：].*|(字体|字号|字体大小|视力保护色|背景色)\s*[:：].*"
    r"|[（(【]?\s*(责任编辑|编辑|审核|校对|录入|录入员|审核人|作者)\s*[:：].{0,12}"
    r"|(上|下)一(篇|条)(\s|$).*|位置\s*[:：].*"
    r"|(网站)?(技术支持|维护单位|运维单位|主办单位|承办单位|管理单位|主管单位|主办|承办|主管|运维)\s*[:：].*"
    r"|您?是?本?站?第.{1,12}(访客|位访问者).*|(今天是|今日)\s*[:：]?\s*\d{4}年.*",
    re.I,
)
_LINKED_SHARE = 0.6
_RELATED = re.compile(
    r"[【\[]?(相关|更多|热门|热点|最新|推荐|延伸|猜你喜欢|为您推荐|友情)(链接|文章|新闻|文件|阅读|信息|解读|稿件|政策|报道|推荐|内容|文档|资讯|动态|公告|排行|专题|点击)?(链接)?[】\]]?[:：]?"
)


def is_furniture(text: str) -> bool:
    """The wording alone tells: no article has such a line."""
    return bool(_ONLY_BUTTONS.fullmatch(text) or _LINE.fullmatch(text))


def is_furniture_around(text: str) -> bool:
    """Before and after an article such a line is furniture. Amid it, it might be part of it: 主办单位：…"""
    return is_furniture(text) or bool(_ONLY_ANY_BUTTONS.fullmatch(text) or _OTHER_LINE.fullmatch(text))


def is_menu(block: PrintedBlock) -> bool:
    """Links and little else. A link to a file is an attachment."""
    is_attachment = isinstance(block, PrintedLine) and block.to_file
    return not is_attachment and block.linked > _LINKED_SHARE * len("".join(block.text.split()))


def heads_related(text: str) -> bool:
    """相关链接 and its like, above links to other articles."""
    return bool(_RELATED.fullmatch(text))
