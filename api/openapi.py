"""``python -m api.openapi > docs/openapi.json`` writes the API's description; a test keeps the file current."""

import sys
from pathlib import Path

import orjson

from api.app import create_app
from api.settings import Settings


def openapi_document() -> bytes:
    """The same on every machine: independent of the environment."""
    app = create_app(Settings.model_construct(home=Path("var")))
    return orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(openapi_document())
