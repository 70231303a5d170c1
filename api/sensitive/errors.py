"""What can be wrong with a list of sensitive words."""

from api.errors import ApiError


class SensitiveWordsInvalid(ApiError):
    """Stops the start: a list that cannot be read would decline nothing."""

    status = 500
    code = "sensitive_words_invalid"
