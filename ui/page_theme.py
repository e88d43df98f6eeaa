"""The page's look as far as Gradio's theme carries it: system font, own colours; the rest is ``page.css``."""

from __future__ import annotations

from gradio import themes

FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")

# As in page.css; Gradio wants colours and no variables for what it paints before that is loaded.
PAPER, PAPER_DARK = "#f6f5f1", "#13171a"
CARD, CARD_DARK = "#ffffff", "#1b2124"
INK, INK_DARK = "#1c2427", "#e7ebec"
SOFT, SOFT_DARK = "#515d62", "#a8b4b9"
LINE, LINE_DARK = "#dedbd2", "#323b3f"
ACCENT, ACCENT_DARK = "#0b5f58", "#74d3c5"


def theme() -> themes.Base:
    """The theme; no font file is named, so none is fetched."""
    base = themes.Base(
        font=FONT, font_mono=MONO, radius_size=themes.sizes.radius_lg, text_size=themes.sizes.text_md
    )
    return base.set(
        body_background_fill=PAPER,
        body_background_fill_dark=PAPER_DARK,
        body_text_color=INK,
        body_text_color_dark=INK_DARK,
        body_text_color_subdued=SOFT,
        body_text_color_subdued_dark=SOFT_DARK,
        background_fill_primary=CARD,
        background_fill_primary_dark=CARD_DARK,
        background_fill_secondary=PAPER,
        background_fill_secondary_dark=PAPER_DARK,
        border_color_primary=LINE,
        border_color_primary_dark=LINE_DARK,
        color_accent=ACCENT,
        link_text_color=ACCENT,
        link_text_color_dark=ACCENT_DARK,
        link_text_color_hover=ACCENT,
        link_text_color_hover_dark=ACCENT_DARK,
        link_text_color_visited=ACCENT,
        link_text_color_visited_dark=ACCENT_DARK,
        link_text_color_active=ACCENT,
        link_text_color_active_dark=ACCENT_DARK,
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        block_shadow="none",
        block_padding="0px",
        input_background_fill=CARD,
        input_background_fill_dark=CARD_DARK,
        input_background_fill_focus=CARD,
        input_background_fill_focus_dark=CARD_DARK,
        input_border_color=LINE,
        input_border_color_dark=LINE_DARK,
        input_placeholder_color=SOFT,
        input_placeholder_color_dark=SOFT_DARK,
        button_primary_background_fill=ACCENT,
        button_primary_background_fill_dark=ACCENT_DARK,
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark=PAPER_DARK,
    )
