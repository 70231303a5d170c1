"""Defined terms written in the console, beside those that files and documents bring."""
