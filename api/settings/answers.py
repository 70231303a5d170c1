"""How questions are answered, and where citizens are sent for what is not answered here."""

from pydantic import BaseModel

from api.settings.field import ExistingFile, setting


class AnswerSettings(BaseModel):
    encoder: str = setting(
        "bundled",
        "Sentence encoder: 'bundled', or the name or path of a sentence-transformers model.",
        "bundled，或 sentence-transformers 模型的名称、路径",
        min_length=1,
        max_length=500,
    )
    answer_threads: int = setting(
        2, "Threads that compute answers; more than the cores brings nothing.", "1 到 64 之间的整数", ge=1, le=64
    )
    sensitive_words: ExistingFile | None = setting(
        None,
        "File with the words that make the chatbot decline a text. Unset: the list that is shipped.",
        "一个已有文件的路径，写法见 api/sensitive/words.yml",
    )
    hotline: str = setting(
        "12345",
        "Telephone number citizens are pointed to for a person.",
        "3 到 20 位的电话号码（数字、短横线、空格或加号）",
        pattern=r"^\+?[0-9][0-9 -]{2,19}$",
    )
    disclosure: str = setting(
        "",
        "Where applications for disclosure 依申请公开 are taken: website, window and address. Empty: a general text.",
        "一句话，写明依申请公开的官网入口、窗口和地址，最多 500 个字",
        max_length=500,
    )
