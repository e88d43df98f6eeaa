"""The page's look as far as Gradio's theme carries it: system font, own colours; the rest is ``page.css``."""

from __future__ import annotations

from gradio import themes

FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

# As in page.css, light and dark. Gradio wants colours, no variables: it paints before the page is there.
PAPER = ("#f6f5f1", "#13171a")
CARD = ("#ffffff", "#1b2124")
INK = ("#1c2427", "#e7ebec")
SOFT = ("#515d62", "#a8b4b9")
LINE = ("#dedbd2", "#323b3f")
ACCENT = ("#0b5f58", "#74d3c5")
NONE = ("transparent", "transparent")
COLOURS = {
    "body_background_fill": PAPER,
    "body_text_color": INK,
    "body_text_color_subdued": SOFT,
    "background_fill_primary": CARD,
    "background_fill_secondary": PAPER,
    "border_color_primary": LINE,
    "link_text_color": ACCENT,
    "link_text_color_hover": ACCENT,
    "link_text_color_visited": ACCENT,
    "link_text_color_active": ACCENT,
    "block_background_fill": NONE,
    "block_border_width": ("0px", "0px"),
    "input_background_fill": CARD,
    "input_background_fill_focus": CARD,
    "input_border_color": LINE,
    "input_placeholder_color": SOFT,
    "button_primary_background_fill": ACCENT,
    "button_primary_text_color": ("#ffffff", PAPER[1]),
}


def theme() -> themes.Base:
    """The theme; no font file is named, so none is fetched."""
    light = {name: pair[0] for name, pair in COLOURS.items()}
    dark = {f"{name}_dark": pair[1] for name, pair in COLOURS.items()}
    sizes = themes.sizes
    base = themes.Base(font=FONT, font_mono=MONO, radius_size=sizes.radius_lg, text_size=sizes.text_md)
    return base.set(color_accent=ACCENT[0], block_shadow="none", block_padding="0px", **light, **dark)
