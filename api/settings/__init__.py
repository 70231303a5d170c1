"""Every setting of the service, read from the environment once at the start.

One module a subject: :mod:`.storage` (where everything is kept), :mod:`.serving` (addresses, ports, Rasa, limits, log),
:mod:`.answers`, :mod:`.knowledge`, :mod:`.requests` (with the desk's hours), :mod:`.privacy` (keys, and how long things
are kept), :mod:`.wechat` (and 企业微信). Each holds its settings with their checks; :class:`Settings` is all of them in
one, and :mod:`.field` is what they are written with.

A wrong value stops the start: :func:`load_settings` raises :class:`SettingsInvalid` with one Chinese sentence for each
wrong setting that gives its name, the value found and what was expected. Passwords in URLs are never shown.
"""

from api.settings.combined import Settings, setting_names
from api.settings.field import ENV_PREFIX
from api.settings.loading import SettingsInvalid, load_settings

__all__ = ["ENV_PREFIX", "Settings", "SettingsInvalid", "load_settings", "setting_names"]
