"""What figures are called and how they are written, in the terminal and in the console alike."""

from collections.abc import Mapping

from api.evaluation.report import SectionKind

FIGURES: Mapping[str, str] = {
    "pass_rate": "答对",
    "refusal_precision": "拒答的题里确实无答案的",
    "refusal_recall": "无答案的题拒答",
    "answerable_refused": "有答案的题误拒",
    "document_recall_at_1": "文件：第 1 条就对",
    "document_recall_at_5": "文件：前 5 条有",
    "document_recall_at_10": "文件：前 10 条有",
    "passage_holds_answer_at_1": "条文含完整答案：第 1 条",
    "passage_holds_answer_at_5": "条文含完整答案：前 5 条",
    "passage_mostly_holds_answer_at_1": "条文含答案八成以上：第 1 条",
    "passage_mostly_holds_answer_at_5": "条文含答案八成以上：前 5 条",
    "mrr": "文件 MRR",
    "ndcg_at_10": "文件 nDCG@10",
    "rouge_l": "回答 ROUGE-L（不计出处行）",
    "rouge_l_with_source_line": "回答 ROUGE-L（计出处行）",
    "answer_right": "回答引用了含答案的条文",
    "answer_p50_ms": "回答用时中位数",
    "answer_p95_ms": "95% 的回答用时不超过",
    "search_p95_ms": "95% 的检索用时不超过",
    "ece": "置信度误差 ECE（等宽分组）",
    "ece_equal_mass": "置信度误差 ECE（等量分组）",
    "ece_by_chance": "置信度完全可信时的 ECE",
    "brier": "Brier 分",
}
SECTIONS: Mapping[SectionKind, str] = {
    "dialogue": "对话题",
    "documents": "文件题",
    "without_documents": "文件题，去掉答案所在的文件后再问",
}
_PLAIN = frozenset(
    {"mrr", "ndcg_at_10", "rouge_l", "rouge_l_with_source_line", "ece", "ece_equal_mass", "ece_by_chance", "brier"}
)


def written(name: str, value: float | None) -> str:
    """A value of the figure ``name``: milliseconds, three decimals or per cent."""
    if value is None:
        return "–"
    if name.endswith("_ms"):
        return f"{value:.0f} 毫秒"
    return f"{value:.3f}" if name in _PLAIN else f"{value:.1%}"
