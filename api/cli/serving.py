"""``serve``: hands over to the supervisor."""

from typing import Annotated

import typer


def serve(no_rasa: Annotated[bool, typer.Option("--no-rasa", help="只启动接口，不启动 Rasa")] = False) -> None:
    from api.serve import main

    raise typer.Exit(main(no_rasa=no_rasa))
