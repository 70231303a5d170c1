"""``policydesk serve``: prepares what is missing, starts the API, the action server and Rasa, and watches over them.

The supervisor imports none of what its children run, so that it stays small and its start costs nothing.
"""

import typer

from api.serve.run import Service
from api.settings import load_settings


def main(*, no_rasa: bool = False) -> int:
    """Returns when the service has stopped, with the exit code. Raises SettingsInvalid."""
    settings = load_settings()
    if no_rasa:
        settings = settings.model_copy(update={"rasa": False})
    return Service(settings, typer.echo).run()


__all__ = ["main"]
