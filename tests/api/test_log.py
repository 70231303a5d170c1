import logging

from api.context import RequestIdFilter, take_request_id
from api.log import MaskingFormatter


def test_a_line_names_its_request_and_hides_personal_data() -> None:
    formatter = MaskingFormatter("%(levelname)s request_id=%(request_id)s %(message)s")
    take_request_id("abc-1")
    try:
        raise ValueError("请打13800138000")
    except ValueError as error:
        cause = (type(error), error, error.__traceback__)
    record = logging.LogRecord("api", logging.ERROR, __file__, 1, "failed for %s", ("a.b@example.com",), cause)
    RequestIdFilter().filter(record)
    line = formatter.format(record)
    assert line.startswith("ERROR request_id=abc-1 failed for 〔邮箱〕")
    assert "13800138000" not in line
