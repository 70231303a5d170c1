"""Two documents as offices print them from their web pages: a notice of three pages and a plan table of three pages."""

_SHEET = """<html lang="zh"><meta charset="utf-8"><style>
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font-size: 14pt } }
body { font: 16pt/28pt "Noto Serif CJK SC", "Noto Sans CJK SC", serif; margin: 0; text-align: justify }
p { text-indent: 2em; margin: 0 }
.masthead { color: red; font-size: 34pt; line-height: 60pt; text-align: center; text-indent: 0 }
.number { text-align: center; text-indent: 0; border-bottom: 2pt solid red; margin-bottom: 30pt }
h1 { font-size: 22pt; line-height: 34pt; text-align: center; margin: 0 0 20pt }
.plain { text-indent: 0 }
.signature { text-align: right; padding-right: 4em }
</style>"""

SECTIONS = (
    "一、加强政策解读",
    "（一）文件和它的解读一起起草、一起审核、一起发布。解读最迟在文件公布以后的第3个工作日在政府网站"
    "发布，做到重要政策解读率达到100%，并及时回应群众关切。",
    "（二）围绕 2024 年重点工作，丰富解读形式，提高解读质量。鼓励采用问答、图表、动漫、短视频等方式，让群众看得懂、"
    "听得进、用得上；对专业性较强的政策，应当邀请专家学者撰写解读文章。",
    "二、规范公开平台",
    "1.加强政府网站建设。按照集约节约的原则，推进政府网站统一技术平台建设，建立健全信息发布审核制度，做到先审查、后公开，"
    "一事一审、全面审查。首页信息更新间隔不得超过2个工作日。",
    "2.办好政务新媒体。各部门应当于6月底前完成政务新媒体账号清理，对长期不更新、无人维护的账号坚决予以关停，切实解决"
    "功能相近、用户关注度和利用率低的问题，防止一哄而上、重复建设。",
    "三、做好依申请公开",
    "第一条 公民、法人或者其他组织申请获取政府信息的，应当向行政机关的政府信息公开工作机构提出，并采用包括信件、数据"
    "电文在内的书面形式；采用书面形式确有困难的，申请人可以口头提出，由受理该申请的工作机构代为填写。",
    "第二条 行政机关收到政府信息公开申请，能够当场答复的，应当当场予以答复；不能当场答复的，应当自收到申请之日起20个"
    "工作日内予以答复；需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人，延长的期限最长不得超过20个"
    "工作日。依照第三十条的规定需要申请人补正的，答复期限自收到补正的申请之日起计算。",
    "四、强化监督保障",
    "各地区、各部门要把政务公开工作纳入绩效考核，所占分值权重不低于4%。联系邮箱为 open data office@example.com，请于"
    "每季度末将进展情况报市政府办公室。市政府办公室将会同有关部门对落实情况进行督查，并将督查结果在一定范围内通报。",
    "各区、各部门应当结合实际制定具体落实措施，明确责任分工和完成时限，确保各项任务落到实处、取得实效。工作中的好经验、"
    "好做法，请及时报送市政府办公室，由市政府办公室择优推广。",
)
TITLE_LINES = ("滨河市人民政府办公室关于印发", "2024年政务公开工作要点的通知")
OPENING = "经市政府同意，现将《2024年政务公开工作要点》印发给你们，请结合实际认真贯彻落实。"

NOTICE = (
    f"{_SHEET}<p class=masthead>滨河市人民政府文件<p class=number>滨政办发〔2024〕15号"
    f"<h1>{TITLE_LINES[0]}<br>{TITLE_LINES[1]}</h1><p class=plain>各区人民政府，市政府各部门、各直属机构：<p>{OPENING}"
    + "".join(f"<p>{text}" for text in SECTIONS)
    + "<p style='margin-top:28pt'>附件：政务公开工作任务分解表"
    "<p class=signature style='margin-top:56pt'>滨河市人民政府办公室<p class=signature>2024年4月12日</html>"
)

GROUPS = (("一、加强政策解读", 6), ("二、回应社会关切", 8), ("三、推进重点领域信息公开", 5))
PLAN_TITLE = "滨河新区2024年政务公开工作主要任务分解表"


def requirement(number: int) -> str:
    return (
        f"完善第{number}项信息公开目录，明确公开主体、公开时限、公开方式和公开渠道，并在政府网站设置专栏集中发布，"
        "接受社会监督；重要信息应当同步通过政务新媒体推送，方便群众查询。"
    )


def _rows() -> str:
    rows, number = [], 0
    for group, size in GROUPS:
        for at in range(size):
            number += 1
            label = f"<td rowspan={size}>{group}" if at == 0 else ""
            units = f"<td>财政局{number}<td>各园区、各镇（街道），新区直属各单位"
            rows.append(f"<tr>{label}<td>{number}<td>{requirement(number)}{units}<td>{number % 12 + 1}月底前</tr>")
    return "".join(rows)


PLAN = (
    """<html lang="zh"><meta charset="utf-8"><style>
@page { size: A4 landscape; margin: 20mm;
  @bottom-center { content: "第" counter(page) "页 共" counter(pages) "页"; font-size: 9pt }
  @top-right { content: "滨河新区政务公开办公室"; font-size: 9pt } }
body { font: 11pt/17pt "Noto Serif CJK SC", "Noto Sans CJK SC", serif; margin: 0 }
h1 { font-size: 20pt; line-height: 30pt; text-align: center }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid black; padding: 4px }
th { background: #ddd }
</style>"""
    f"<h1>{PLAN_TITLE}</h1><table><thead><tr><th rowspan=2>类别<th rowspan=2>序号<th rowspan=2>工作任务"
    "<th colspan=2>责任分工<th rowspan=2>完成时限</tr><tr><th>牵头单位<th>配合单位</tr></thead><tbody>"
    f"{_rows()}</table><p>注：以上任务由新区办公室负责解释。</html>"
)
