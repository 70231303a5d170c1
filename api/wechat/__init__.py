"""The WeChat official account 公众号: the protocol, one task a message, and what is sent afterwards."""
