"""What is kept of people, and for how long.

:mod:`.retention` clears what is older than the settings say, a day's share every day; :mod:`.person` finds and clears
what one person has left; :mod:`.erasure` is what both mean by clearing a request: the personal part goes, and the rest
stays for the statistics.
"""
