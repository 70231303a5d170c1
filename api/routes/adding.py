"""How routers come into the application."""

from fastapi import APIRouter, FastAPI


def add_routes(app: FastAPI, router: APIRouter) -> None:
    """The routes as they stand. ``include_router`` makes each anew at the first request, a third of a second for all of
    them, for the sake of prefixes and defaults that none of them has."""
    app.router.routes.extend(router.routes)
