from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from api.accounts.access import ADMINS_ONLY, AdminDep
from api.deps import ServicesDep
from api.error_responses import documented
from api.routes.json import json_response
from api.versions import Version

router = APIRouter(prefix="/v1/kb", tags=["知识库"], dependencies=[ADMINS_ONLY])

_LOGIN = "需要管理员登录（会话 Cookie）"
_FORM = f"{_LOGIN}，并在 X-CSRF-Token 头中带上页面给出的校验码。先校验，再切换；运行中的服务几秒内用上它。"


class VersionOut(BaseModel):
    id: str
    created_at: str | None = Field(description="生成时间（北京时间）；清单读不出来时没有")
    counts: dict[str, int] = Field(description="各类记录的数量")
    current: bool = Field(description="是否为当前版本")
    problem: str | None = Field(description="不能使用的原因，完好时没有")


class VersionsOut(BaseModel):
    serving: str | None = Field(description="此刻在服务的版本")
    items: list[VersionOut] = Field(description="从新到旧")


@router.get(
    "/versions",
    summary="列出保存着的知识版本",
    description=_LOGIN,
    response_model=VersionsOut,
    responses=documented(401, 403, 503),
)
def versions(services: ServicesDep) -> Response:
    serving = services.knowledge.serving
    items = [_out(version) for version in services.versions.all()]
    return json_response(VersionsOut(serving=serving.snapshot_id if serving else None, items=items))


@router.post(
    "/versions/{snapshot_id}/activate",
    summary="切换到某个知识版本",
    description=_FORM,
    response_model=VersionOut,
    responses=documented(401, 403, 404, 409, 422, 503),
)
def activate(
    services: ServicesDep, admin: AdminDep, snapshot_id: Annotated[str, Path(max_length=40, description="版本编号")]
) -> Response:
    before = services.versions.current()
    manifest = services.versions.activate(snapshot_id)
    services.knowledge.look()
    services.audit.write(admin, "version_activated", manifest.id, {"before": before})
    return json_response(_out(services.versions.get(manifest.id)))


def _out(version: Version) -> VersionOut:
    return VersionOut(
        id=version.id,
        created_at=version.created_at.isoformat() if version.created_at else None,
        counts=dict(version.counts),
        current=version.current,
        problem=version.problem,
    )
