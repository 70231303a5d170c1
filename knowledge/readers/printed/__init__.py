"""Formats that say where ink lies and not what a paragraph is: .pdf and .ofd."""
