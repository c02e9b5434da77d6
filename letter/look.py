"""How the mail looks: inline, as mail programs want it, in the site's colours.

Programs that read `<style>` get the dark colours by the classes of the same names; the others
show the light ones, which are legible on their own ground.
"""

SERIF = "Palatino,'Palatino Linotype','Noto Serif',Georgia,serif"
SANS = "system-ui,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif"
STYLES = {
    "ground": "margin:0;padding:0;background:#FAF5EA;color:#1C231E",
    "page": "width:100%;background:#FAF5EA",
    "sheet": "width:100%;max-width:600px;background:#FFFDF8;border:1px solid #D8CDB8",
    "cell": f"padding:8px 24px;font:16px/1.55 {SANS};color:#1C231E;text-align:left",
    "head": f"margin:16px 0 4px;font:700 26px/1.2 {SERIF};color:#1C231E",
    "section": f"margin:24px 0 4px;padding:16px 0 0;border-top:2px solid #1C231E;"
    f"font:700 20px/1.2 {SERIF};color:#1C231E",
    "title": f"margin:16px 0 2px;font:700 17px/1.3 {SERIF}",
    "words": f"margin:2px 0 0;font:16px/1.5 {SANS};color:#1C231E",
    "quiet": f"margin:2px 0 0;font:14px/1.5 {SANS};color:#565A4E",
    "note": f"margin:12px 0;padding:12px 16px;background:#EFE6D4;font:16px/1.55 {SANS};"
    "color:#1C231E",
    "link": "color:#1F4A34;text-decoration:underline",
    "button": "display:inline-block;padding:12px 0;color:#1F4A34;text-decoration:underline",
    "photo": "display:block;width:100%;max-width:552px;height:auto;border:0;margin:16px 0 0",
}
DARK = {
    "ground": "background:#0F1913 !important;color:#F2EBDC !important",
    "page": "background:#0F1913 !important",
    "sheet": "background:#17241C !important;border-color:#3A302B !important",
    "cell": "color:#F2EBDC !important",
    "head": "color:#F2EBDC !important",
    "section": "color:#F2EBDC !important;border-color:#F2EBDC !important",
    "words": "color:#F2EBDC !important",
    "quiet": "color:#B7BDAB !important",
    "note": "background:#0A120D !important;color:#F2EBDC !important",
    "link": "color:#9FD3AC !important",
    "button": "color:#9FD3AC !important",
}


def attributes(name: str) -> str:
    """The class and the style of a part, as attributes; raises `KeyError` for an unknown one."""
    return f'class="{name}" style="{STYLES[name]}"'


def dark_sheet() -> str:
    """A `<style>` with the dark colours."""
    rules = "".join(f".{name}{{{style}}}" for name, style in DARK.items())
    return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>"
