"""Texts that are declined politely instead of answered: wishes for the unlawful, and abuse."""

from api.sensitive.refusal import Refusal, declined
from api.sensitive.words import SensitiveWords

__all__ = ["Refusal", "SensitiveWords", "declined"]
