from pathlib import Path

import orjson

from api.openapi import openapi_document

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def test_the_committed_description_is_current() -> None:
    assert SNAPSHOT.read_bytes() == openapi_document(), "run: python -m api.openapi > docs/openapi.json"


def test_every_operation_says_what_it_is_and_how_it_fails() -> None:
    document = orjson.loads(SNAPSHOT.read_bytes())
    assert "servers" not in document
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["tags"], where
            assert operation["summary"], where
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    schema = response["content"]["application/json"]["schema"]["$ref"]
                    assert schema == "#/components/schemas/ErrorReply", (where, status)
