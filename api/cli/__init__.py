"""The ``policydesk`` command: everything an admin does without a browser.

Modules that take long to import (torch, FAISS) are imported inside the commands that need them.
"""

from api.cli.app import app

__all__ = ["app"]
