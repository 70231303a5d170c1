"""The official account 公众号 and the application of 企业微信, as their platforms' pages give them (docs/wechat.md)."""

from typing import Self

from pydantic import BaseModel, model_validator

from api.settings.field import ExistingFile, at_odds, setting, variables


class WechatSettings(BaseModel):
    wechat_token: str = setting(
        "",
        "Token of the official account's callback, 3 to 32 letters and digits. Empty: no callback at /wechat.",
        "3 到 32 位字母或数字，与公众平台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{3,32})?$",
    )
    wechat_aes_key: str = setting(
        "",
        "EncodingAESKey of the official account. When set, only encrypted messages are taken (安全模式).",
        "43 位字母或数字，与公众平台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{43})?$",
    )
    wechat_appid: str = setting(
        "", "AppID of the official account.", "wx 开头的 18 位字母或数字", pattern=r"^(wx[A-Za-z0-9]{16})?$"
    )
    wechat_secret: str = setting(
        "",
        "AppSecret of the official account. Empty: only replies, no messages of ours.",
        "32 位字母或数字",
        secret=True,
        pattern=r"^([A-Za-z0-9]{32})?$",
    )
    wechat_api_base: str = setting(
        "https://api.weixin.qq.com",
        "Address of the platform's API.",
        "https://域名",
        pattern=r"^https?://[A-Za-z0-9.:-]+/?$",
    )
    wechat_menu: ExistingFile | None = setting(
        None,
        "File with the account's menu and the template of its news. Unset: the shipped one.",
        "一个已有文件的路径，格式见 docs/wechat.md",
    )
    wechat_reply_by: float = setting(
        4.0,
        "Seconds after which a message is answered with a promise; the platform cuts the connection at 5.",
        "0.1 到 4.8 之间的秒数",
        ge=0.1,
        le=4.8,
    )
    wecom_token: str = setting(
        "",
        "Token of an application of 企业微信. Empty: no callback at /wecom.",
        "3 到 32 位字母或数字，与管理后台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{3,32})?$",
    )
    wecom_aes_key: str = setting(
        "",
        "Its EncodingAESKey.",
        "43 位字母或数字，与管理后台上填写的一致",
        secret=True,
        pattern=r"^([A-Za-z0-9]{43})?$",
    )
    wecom_corpid: str = setting("", "The corpid.", "ww 开头的企业 ID", pattern=r"^(w[wx][A-Za-z0-9]{8,32})?$")
    wecom_secret: str = setting(
        "", "Secret of the application.", "应用的 Secret", secret=True, pattern=r"^([A-Za-z0-9_-]{20,64})?$"
    )
    wecom_agent: int | None = setting(None, "AgentId of the application.", "应用的 AgentId，正整数", ge=1)
    wecom_api_base: str = setting(
        "https://qyapi.weixin.qq.com",
        "Address of the platform's API.",
        "https://域名",
        pattern=r"^https?://[A-Za-z0-9.:-]+/?$",
    )

    @model_validator(mode="after")
    def _application_is_whole(self) -> Self:
        given = (self.wecom_token, self.wecom_aes_key, self.wecom_corpid, self.wecom_secret, self.wecom_agent)
        if any(given) and not all(given):
            names = variables("wecom_token", "wecom_aes_key", "wecom_corpid", "wecom_secret", "wecom_agent")
            raise at_odds(names, f"企业微信应用要设置齐五项：{names}。")
        return self

    @model_validator(mode="after")
    def _account_is_named(self) -> Self:
        if (self.wechat_aes_key or self.wechat_secret) and not (self.wechat_appid and self.wechat_token):
            names = variables("wechat_token", "wechat_appid")
            raise at_odds(names, f"设置了公众号的密钥时，也要设置 {names}。")
        return self
