import tomllib
from pathlib import Path
from typing import Any

import orjson
from fastapi.testclient import TestClient

from api.app import VERSION
from api.openapi import openapi_document

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_committed_description_is_current() -> None:
    assert SNAPSHOT.read_bytes() == openapi_document(), "run: python -m api.openapi > docs/openapi.json"


def test_the_version_told_is_the_one_installed() -> None:
    project = tomllib.loads((SNAPSHOT.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION


def test_every_operation_says_what_it_is_and_how_it_fails() -> None:
    document = orjson.loads(SNAPSHOT.read_bytes())
    assert "servers" not in document
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["tags"], where
            assert operation["summary"], where
            if "application/json" in operation.get("requestBody", {}).get("content", {}):
                assert operation["requestBody"]["content"]["application/json"]["examples"], where
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    schema = response["content"]["application/json"]["schema"]["$ref"]
                    assert schema == "#/components/schemas/ErrorReply", (where, status)


def test_the_examples_are_taken(client: TestClient) -> None:
    for path, operations in orjson.loads(SNAPSHOT.read_bytes())["paths"].items():
        post = operations.get("post", {})
        for example in _bodies(post):
            status = client.post(path, json=example, headers=_required_headers(post)).status_code
            assert status in (200, 201, 401, 404), (path, example)


def _required_headers(operation: dict[str, Any]) -> dict[str, str]:
    required = [one for one in operation.get("parameters", ()) if one["in"] == "header" and one["required"]]
    return {one["name"]: one["schema"]["examples"][0] for one in required}


def _bodies(operation: dict[str, Any]) -> list[object]:
    content = operation.get("requestBody", {}).get("content", {})
    return [example["value"] for example in content.get("application/json", {}).get("examples", {}).values()]
