"""Example bodies for the API's description."""

from fastapi.openapi.models import Example


def examples(**bodies: object) -> dict[str, Example]:
    """Each body under its name, which is shown as its summary."""
    return {name: Example(summary=name, value=body) for name, body in bodies.items()}
