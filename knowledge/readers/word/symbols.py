"""Characters set in a symbol font: tick boxes and signs whose code means nothing outside the font."""

_PRIVATE = range(0xF000, 0xF100)
_FONTS: dict[str, dict[int, str]] = {
    "Wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x72: "□", 0x75: "◆", 0x76: "❖", 0xA1: "○", 0xA3: "□", 0xA8: "□",
        0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "Wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"},
    "Symbol": {
        0x2D: "−", 0x44: "Δ", 0x53: "Σ", 0x61: "α", 0x62: "β", 0x6D: "μ", 0xA3: "≤", 0xA5: "∞", 0xA8: "♦", 0xAE: "→",
        0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xD7: "·",
    },
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character for the hexadecimal ``code`` in ``font``; empty where nobody can tell what it looks like."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if value in _PRIVATE:
        value -= _PRIVATE.start
    elif 0xFF < value < 0x110000 and not 0xD800 <= value < 0xF900:
        return chr(value)
    signs = _FONTS.get(font)
    if signs is not None:
        return signs.get(value, "")
    return chr(value) if 0x20 <= value < 0x7F else ""
