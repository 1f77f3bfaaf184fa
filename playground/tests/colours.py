"""The contrast of the colours of the style sheet."""

import re

# The least contrast of text, as in WCAG 2.2, level AA.
LEAST = 4.5
# Colours of text, with the colours behind them.
PAIRS = {
    "text": ["page", "pane", "raised", "selected", "error-line", "warning-line", "note-line", "added-line"],
    "weak": ["page", "pane", "raised"],
    "accent": ["pane"],
    "on-accent": ["accent"],
    "error": ["pane", "error-line"],
    "warning": ["pane", "warning-line"],
    "note": ["pane", "note-line"],
    "added": ["pane"],
    "good": ["added-line"],
    **{name: ["pane"] for name in ["keyword", "string", "number", "comment", "type", "name", "attribute"]},
}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check(style):
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in style.split(":root")[1:3])
    for name, behind in PAIRS.items():
        for theme in (light, dark):
            for back in behind:
                found = contrast(theme[name], theme[back])
                assert found >= LEAST, f"--{name} on --{back}: {found:.2f}"
