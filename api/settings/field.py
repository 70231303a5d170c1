"""How a setting is written down, and the checks that several subjects share."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

ENV_PREFIX = "POLICYDESK_"


def setting(default: Any, description: str, expected: str, *, secret: bool = False, **bounds: Any) -> Any:
    """A field whose ``expected`` (Chinese) is what a wrong value is answered with; a ``secret`` one is never shown."""
    return Field(default, description=description, json_schema_extra={"expected": expected, "secret": secret}, **bounds)


def variables(*fields: str) -> str:
    """The environment variables of ``fields``, as a sentence lists them."""
    return "、".join(ENV_PREFIX + field.upper() for field in fields)


def at_odds(names: str, sentence: str) -> PydanticCustomError:
    """For settings that are right one by one but not together: ``sentence`` (Chinese) is what the operator is told."""
    return PydanticCustomError("at_odds", "{sentence}", {"names": names, "sentence": sentence})


def _existing_file(file: Path) -> Path:
    resolved = file.expanduser().resolve()
    if not resolved.is_file():
        raise PydanticCustomError("not_a_file", "no such file")
    return resolved


ExistingFile = Annotated[Path, AfterValidator(_existing_file)]
