"""Thousands of malformed and hostile answers, the same ones each time: mutations by number."""

import random
import string

from tests.label.collecting import corpus

# What runs, leaves, covers or counts when it is taken as it comes. `alert` is what is watched.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<ScRiPt src=//x.example/a.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<img/src='x'/onerror=alert(1)>",
    "<img src=x onerror\n=\nalert(1)>",
    '<img src="x` `<script>alert(1)</script>"` `>',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript&colon;alert(1)'>x</a>",
    "<a href='\x01javascript:alert(1)'>x</a>",
    "<a href=' \u00a0javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:alert(1)'>x</a>",
    "<a href='//x.example'>x</a><a href='/relative'>y</a><a href='?q'>z</a>",
    "<a href='https://a@x.example/' onclick=alert(1) style='position:fixed;inset:0'>x</a>",
    "<a href='http:x.example' ping='https://x.example/' target=_blank>x</a>",
    "<div style='position:fixed;inset:0;z-index:9999;background:red'>x</div>",
    "<style>*{display:none}@import url(https://x.example/a.css)</style>",
    "<link rel=stylesheet href=https://x.example/a.css><base href=https://x.example/>",
    "<meta http-equiv=refresh content='0;url=https://x.example/'>",
    "<img src=https://x.example/pixel.gif width=1 height=1>",
    "<form action=https://x.example/><input name=password autofocus onfocus=alert(1)><button>x",
    "<body onload=alert(1)><html manifest=x>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></p>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>--><![CDATA[><img src=x onerror=alert(1)>]]>",
    "<p class='page' id='main' name='cookie' is='x-y' slot=z contenteditable>x</p>",
    "<b onmouseover=alert(1) style=font-size:9999px>x</b>",
    "\"><img src=x onerror=alert(1)><'",
    "'-alert(1)-'",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}{% debug %}",
    "</title><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "javascript:alert(1)",
    "\u202egro.elpmaxe\u202c \u200b\ufeff#mis78",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "\ud83d\udc10" * 5,
    "\ud800",
    "\x00\x08\x0b\x1b[31m\x7f",
    "A" * 3000,
    "#mis78 " * 300,
    "<b>" * 300,
    "<a href='https://x.example/" + "a/" * 600 + "'>x</a>",
]
# Pieces of markup and of JSON, to be thrown in anywhere.
PIECES = [
    "<",
    ">",
    "&",
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?xml version='1.0' encoding='utf-16'?>",
    "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    "&a;",
    "&nbsp;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#99999999999;",
    "<item>",
    "</item>",
    "<entry>",
    "</channel>",
    "<x:y>",
    "<xml:a>",
    "<a xmlns:xml='x'>",
    "<a xmlns:a=''>",
    "<a b b c='",
    "<a b=c b=d>",
    "<1>",
    "</>",
    "<\u00e9>",
    "xml:base='javascript:alert(1)'",
    "\x00",
    "\ud800",
    "\ufeff",
    "\uffff",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\u0000",
    "\\ud800",
    "\\",
    "null",
    "NaN",
    "-Infinity",
    "1e999",
    "9" * 5000,
    "true",
    "[" * 500,
    '{"a":' * 500,
    "\u2028",
    "<content type='xhtml'>",
    "<content mode='base64'>/w==",
    "<pubDate>NaN</pubDate>",
    "<updated>99999-99-99T99:99:99Z</updated>",
    "<published>0000-00-00</published>",
    "<pubDate>Mon, 32 Foo 10000000000 25:61:61 +9999</pubDate>",
    "<media:group><media:thumbnail/></media:group>",
    "<link/>",
    "<link href=''/>",
    "<guid></guid>",
    "<source><title>x</title></source>",
    "<image><url>x</url></image>",
    "<textInput>",
    "<author/>",
    "<cc:license/>",
    "<creativeCommons:license/>",
    "<itunes:image/>",
    "<georss:point>x</georss:point>",
    "<gml:Point>",
    "<psc:chapters><psc:chapter/></psc:chapters>",
    "<media:content/>",
    "<enclosure/>",
]
ENCODINGS = ["utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7", "cp037"]
FEED = "<rss version='2.0'><channel><title>x</title><item><link>https://x.example/1</link>"


def bodies(count, seed=78):
    """So many broken answers, as bytes."""
    chance = random.Random(seed)
    whole = list(corpus.BODIES.values())
    for _ in range(count):
        yield broken(chance.choice(whole), chance)


def broken(text, chance):
    """An answer after one to four accidents."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(ACCIDENTS)(text, chance)
    encoding = chance.choice(ENCODINGS) if chance.random() < 0.2 else "utf-8"
    body = bytearray(text.encode(encoding, "surrogatepass" if "utf" in encoding else "replace"))
    if chance.random() < 0.3:
        for _ in range(chance.randint(1, 20)):
            body[chance.randrange(len(body) or 1) : 0] = bytes([chance.randrange(256)])
    return bytes(body)


def cut(text, chance):
    """Cut off."""
    return text[: chance.randrange(len(text) + 1)]


def hole(text, chance):
    """A piece is missing."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.randint(1, 200) :]


def thrown_in(text, chance):
    """Something stands where it must not."""
    place = chance.randrange(len(text) + 1)
    return text[:place] + chance.choice(PIECES + PAYLOADS) + text[place:]


def twice(text, chance):
    """A piece is there again, elsewhere."""
    start, place = chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)
    return text[:place] + text[start : start + chance.randint(1, 400)] * 2 + text[place:]


def swapped(text, chance):
    """A sign is another one."""
    letters = list(text)
    for _ in range(chance.randint(1, 30)):
        if letters:
            letters[chance.randrange(len(letters))] = chance.choice(
                string.printable + "é\u0301\ud800"
            )
    return "".join(letters)


def another_value(text, chance):
    """A value of JSON, or a text of XML, is of another kind."""
    for mark, other in (('": "', '": ["'), ('": {', '": 0, "x": {'), ("</", "<"), ("><", ">1<")):
        place = text.find(mark, chance.randrange(len(text) + 1))
        if place >= 0 and chance.random() < 0.5:
            text = text[:place] + other + text[place + len(mark) :]
    return text


ACCIDENTS = [cut, hole, thrown_in, twice, swapped, another_value]


def large(size):
    """Answers as large as they may be, each made of one thing that costs."""
    repeated = {
        "signs": "<",
        "comments": "<!--",
        "cdata": "<![CDATA[",
        "cdata-closed": "<![CDATA[]]>",
        "instructions": "<?",
        "declarations": "<!x ",
        "subsets": "<!DOCTYPE x [",
        "tags": "<a ",
        "quotes": '<a b="',
        "ampersands": "&",
        "references": "&amp;",
        "nested": "<a>",
        "prefixed": "<x:y xmlns:x='z'>",
        "texts": "<description>",
        "closed": "</a>",
        "ends": "</",
        "items": "<item>",
        "categories": "<category>x</category>",
        "media": "<media:group>",
        "enclosures": "<enclosure url='https://a.example/b' type='image/png'/>",
        "bold": "&lt;b&gt;",
        "hashes": "#",
        "dates": "<pubDate>1</pubDate>",
        "xhtml": "<div>",
        "names": f"<author>{'a' * 1900}</author>",
        "long-dates": f"<pubDate>{'2020' * 400}</pubDate>",
        "words": f"<title>{'&amp;a;' * 200}</title>",
        "brackets": "[",
        "spaces": " ",
        "zeros": "\x00",
    }
    for name, piece in repeated.items():
        start = FEED + ("<description>" if name in ("bold", "hashes", "references") else "")
        yield name, (start + piece * (size // len(piece))).encode()
    yield "attributes", f"{FEED}<a {' '.join(f'a{n}=1' for n in range(size // 10))}>".encode()
    yield "deep-json", b'{"items":' + b"[" * size
    yield "flat-json", b"[" + b"[]," * (size // 3) + b"[]]"
    yield "number", b'{"items":[' + b"1" * size + b"]}"
    yield (
        "many-posts",
        b"["
        + b'{"uri":"https://a.example/1","content":"","visibility":"public"},' * (size // 70)
        + b"{}]",
    )
    yield "entities", laughs().encode()
    yield "one-entity", quadratic(size).encode()


def laughs():
    """A billion laughs."""
    entities = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))
    return f"<!DOCTYPE x [<!ENTITY l0 'lol'>{entities}]>{FEED}<title>&l9;</title></item>"


def quadratic(size):
    """One long entity, very often."""
    half = size // 2
    return f"<!DOCTYPE x [<!ENTITY l '{'x' * half}'>]>{FEED}<title>{'&l;' * (half // 3)}</title>"
