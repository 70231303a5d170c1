"""An agent at the desk, as the tests of its request pages need one."""

import re
from html import unescape

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from api.db.models import Request, RequestEvent
from tests.api.admin.staff import enter, services_of

NUMBER = re.compile(r"\d{8}-\d{4,9}")


class Agent:
    """Logged in, with the token of the forms."""

    def __init__(self, client: TestClient, name: str = "李小明", role: str = "agent") -> None:
        self.client = client
        self.name = name
        self.token = enter(client, role, name)
        self.services = services_of(client)

    def see(self, path: str, expect: int = 200) -> str:
        reply = self.client.get(path)
        assert reply.status_code == expect, reply.text
        return unescape(reply.text)

    def send(self, path: str, expect: int = 200, **form: str) -> str:
        """The page one is led to."""
        reply = self.post(path, **form)
        assert reply.status_code == expect, reply.text
        return unescape(reply.text)

    def post(self, path: str, **form: str) -> Response:
        return self.client.post(path, data={"csrf": self.token, **form})

    def log(self, **form: str) -> str:
        """The number of a request logged for a caller."""
        usual = {"content": "小区门口的路灯不亮，请修理。", "once": f"once-{len(self.numbers())}"}
        page = self.send("/desk/requests", 201, **(usual | form))
        found = NUMBER.search(page)
        assert found, page
        return found[0]

    def act(self, no: str, action: str, expect: int = 200, **form: str) -> str:
        """As from a page opened just now, unless ``seen`` says otherwise."""
        usual = {"seen": self.seen(no)}
        return self.send(f"/desk/requests/{no}/actions/{action}", expect, **(usual | form))

    def seen(self, no: str) -> str:
        found = re.search(r'name="seen" value="(\d+)"', self.see(f"/desk/requests/{no}"))
        assert found
        return found[1]

    def seen_event(self, no: str) -> str:
        found = re.search(r'name="seen_event" value="(\d+)"', self.see(f"/desk/requests/{no}"))
        assert found
        return found[1]

    def numbers(self, query: str = "queue=all") -> list[str]:
        """Of the list, in its order."""
        page = self.see(f"/desk/requests?{query}")
        return re.findall(r'class="rq-open" href="[^"]*?(\d{8}-\d{4,9})"', page)

    def events(self, no: str) -> list[RequestEvent]:
        with Session(self.services.engine) as session:
            return list(session.get_one(Request, no).events)

    def audited(self) -> list[tuple[str, str, str]]:
        return [(each.account, each.action, each.subject) for each in self.services.audit.page()]
