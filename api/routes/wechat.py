"""Where WeChat's servers call, and the page that shows the whole of an answer."""

import logging

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import PlainTextResponse

from api.deps import ServicesDep
from api.routes.pages import templates
from api.wechat.bridge import NOTED, Reply
from api.wechat.errors import MessageUnreadable, SignatureWrong, WechatOff
from api.wechat.incoming import Incoming
from api.wechat.outgoing import SUCCESS, encrypted_reply, news_reply, text_reply
from api.wechat.service import Wechat

logger = logging.getLogger(__name__)

router = APIRouter(include_in_schema=False)

CALLBACK_PATH = "/wechat"
WECOM_PATH = "/wecom"


@router.get(CALLBACK_PATH)
async def verify(request: Request, services: ServicesDep) -> Response:
    return _verified(_set_up(services.wechat), request)


@router.post(CALLBACK_PATH)
async def receive(request: Request, services: ServicesDep) -> Response:
    return await _received(_set_up(services.wechat), request)


@router.get(WECOM_PATH)
async def verify_wecom(request: Request, services: ServicesDep) -> Response:
    return _verified(_set_up(services.wecom), request)


@router.post(WECOM_PATH)
async def receive_wecom(request: Request, services: ServicesDep) -> Response:
    return await _received(_set_up(services.wecom), request)


@router.get("/w/{token}")
def whole_answer(request: Request, services: ServicesDep, token: str = Path(max_length=200)) -> Response:
    wechat = _set_up(services.wechat or services.wecom)
    ticket = wechat.links.ticket(token)
    taken = wechat.book.by_ticket(ticket) if ticket else None
    kept = taken.reply if taken else None
    facts = {"kept": kept if kept and kept["messages"] else None, "root": "../"}
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    status = 200 if facts["kept"] else 404
    return templates.TemplateResponse(request, "wechat_answer.html", facts, status_code=status, headers=headers)


def _set_up(wechat: Wechat | None) -> Wechat:
    if wechat is None:
        raise WechatOff
    return wechat


def _verified(wechat: Wechat, request: Request) -> Response:
    return PlainTextResponse(wechat.door.echo(dict(request.query_params)))


async def _received(wechat: Wechat, request: Request) -> Response:
    body = await request.body()
    try:
        message = wechat.door.let_in(body, dict(request.query_params))
    except (SignatureWrong, MessageUnreadable) as error:
        logger.warning("call refused channel=%s code=%s bytes=%d", wechat.account.channel, error.code, len(body))
        raise
    reply = await wechat.bridge.handle(message)
    logger.info("message channel=%s kind=%s replied=%s", wechat.account.channel, _logged(message.kind), reply != NOTED)
    return _as_response(wechat, message, reply, request.query_params.get("nonce", ""))


def _logged(kind: str) -> str:
    """Nothing that a line of the log could be forged with."""
    return kind[:20] if kind.isidentifier() else "?"


def _as_response(wechat: Wechat, message: Incoming, reply: Reply, nonce: str) -> Response:
    if reply.article is not None:
        xml = news_reply(message.receiver, message.sender, [reply.article])
    elif reply.text:
        xml = text_reply(message.receiver, message.sender, reply.text)
    else:
        return PlainTextResponse(SUCCESS)
    if wechat.account.cipher is not None:
        xml = encrypted_reply(xml, wechat.account.cipher, wechat.account.token, nonce)
    return Response(xml, media_type="application/xml")
