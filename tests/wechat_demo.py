"""``make wechat-demo``: a page on which one types as a follower would, against a running ``make serve``."""

import os
import secrets
import sys

from rich.console import Console

from tests.wechat_server import Platform

PORT = 8600
say = Console(highlight=False, soft_wrap=True).print


def main() -> None:
    settings = {
        name: os.environ.get(f"POLICYDESK_WECHAT_{name}", "") for name in ("TOKEN", "APPID", "AES_KEY", "SECRET")
    }
    if not settings["TOKEN"]:
        token, key, secret = secrets.token_hex(8), secrets.token_hex(22)[:43], secrets.token_hex(16)
        say("先用这些设置启动服务（make serve），再在同样的设置下运行 make wechat-demo：")
        say(f"export POLICYDESK_WECHAT_TOKEN={token} POLICYDESK_WECHAT_APPID=wx{secrets.token_hex(8)}")
        say(f"export POLICYDESK_WECHAT_AES_KEY={key} POLICYDESK_WECHAT_SECRET={secret}")
        say(f"export POLICYDESK_WECHAT_API_BASE=http://127.0.0.1:{PORT}")
        sys.exit(1)
    address = f"http://127.0.0.1:{os.environ.get('POLICYDESK_PORT', '8000')}/wechat"
    platform = Platform(
        address,
        token=settings["TOKEN"],
        appid=settings["APPID"],
        aes_key=settings["AES_KEY"],
        secret=settings["SECRET"],
        port=PORT,
    )
    say(f"演示公众号：{platform.url}（消息发往 {address}）。按 Ctrl-C 结束。")
    try:
        platform.wait()
    except KeyboardInterrupt:
        platform.close()


if __name__ == "__main__":
    main()
