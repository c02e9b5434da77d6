"""Hashtags as they come in posts of large networks: whether each is ours, and a word why."""

import pytest

from label.collecting.cleaning import wanted
from label.collecting.entries import Entry

OURS = {"mis78"}
# (HTML of the post, whether it bears #mis78, why)
VECTORS = [
    ("<p>#mis78</p>", True, "alone"),
    ("<p>Four ouvert #mis78.</p>", True, "a full stop ends it"),
    ("#mis78,#mis789", True, "a comma ends it; the other one is another one"),
    ("#mis789,#mis78", True, "the other one first"),
    ("#mis789", False, "longer"),
    ("#mis7", False, "shorter"),
    ("#mis78mis78", False, "one word"),
    ("#mis78#mis78", True, "two on end: the first is one"),
    ("#MIS78 #Mis78", True, "capitals mean nothing"),
    ("＃mis78", True, "the full-width sign, as Japanese keyboards have it"),
    ("﹟mis78", True, "the small sign is the same by NFKC"),
    ("#ＭＩＳ７８", True, "full-width letters are the same by NFKC"),
    ("#𝗺𝗶𝘀𝟳𝟴", True, "bold letters of mathematics are the same by NFKC"),
    ("#ⓜⓘⓢ78", False, "letters in rings are signs, and end before they begin"),
    ("#m\u0456s78", False, "a Cyrillic і only looks alike"),
    ("#mi\u045578", False, "a Cyrillic ѕ only looks alike"),
    ("#mіѕ78", False, "both"),
    ("#ｍis７8", True, "mixed widths"),
    ("市場#mis78", False, "behind a letter it is none, of any script"),
    ("市場 #mis78", True, "behind a space it is"),
    ("市場、#mis78", True, "behind an ideographic comma it is"),
    ("#mis78市場", False, "letters go on, of any script"),
    ("#mis78。市場", True, "an ideographic full stop ends it"),
    ("#mis78のパン", False, "kana go on"),
    ("🍞#mis78🍞", True, "signs that are no letters part"),
    ("#mis78❤️", True, "a heart and its variation sign"),
    ("👩‍🌾#mis78", True, "behind a joined picture"),
    ("#mis78\u200d🌾", True, "a joiner that joins nothing that belongs to a word"),
    ("#mis78\u200d9", False, "a joiner within a word"),
    ("#mis78\u200b9", True, "the space without width parts"),
    ("#mis78\ufeff9", False, "this one joins, and nobody sees it"),
    ("#mis78\u202e9", False, "what turns words around hides one"),
    ("عسل #mis78 محلي", True, "among Arabic words"),
    ("#mis78عسل", False, "Arabic letters go on"),
    ("דבש #mis78", True, "among Hebrew words"),
    ("#mis78\u0301", False, "an accent makes another word of it"),
    ("#mís78", False, "an accent"),
    ("#mis78\u20e3", False, "a key cap makes a picture of it"),
    ("#mis_78", False, "an underscore belongs to the word"),
    ("#mis78_", False, "at its end too"),
    ("#mis-78", False, "a hyphen ends it before"),
    ("#mis78-fait-ici", True, "a hyphen ends it behind"),
    ("#mis78’s", True, "an apostrophe ends it"),
    ("d’#mis78", True, "behind an apostrophe"),
    ("(#mis78)", True, "in brackets"),
    ("[#mis78]{#pain}", True, "in others"),
    ("«#mis78»", True, "in quotation marks"),
    ("#mis78!", True, "an exclamation mark ends it"),
    ("@#mis78", False, "behind an at sign, as in an address"),
    ("#mis78@serveur.example", False, "an address"),
    ("##mis78", True, "typed twice"),
    ("# mis78", False, "a space between"),
    ("#\nmis78", False, "a line between"),
    ("n#mis78", False, "behind a letter"),
    ("0#mis78", False, "behind a figure"),
    ("_#mis78", False, "behind an underscore"),
    ("/#mis78", False, "as in the fragment of an address"),
    ("https://x.example/#mis78", False, "the fragment of an address"),
    ("x.example/page#mis78", False, "of one without scheme"),
    ('<a href="https://x.example/#mis78">ici</a>', False, "in an address that nobody reads"),
    ('<a href="https://x.example/tags/mis78">mis78</a>', False, "no sign before it"),
    ('<a href="https://x.example/tags/x">#<span>mis78</span></a>', True, "as Mastodon has it"),
    ('<a href="#">#</a>mis78', True, "what readers see is one word"),
    ("#<b>mis</b>78", True, "marks within a word do not part it"),
    ("<p>#mis78</p><p>9</p>", True, "paragraphs part words"),
    ("#mis78<br>9", True, "lines part words"),
    ("#mis78<!-- -->9", False, "a comment does not part it"),
    ("<code>#mis78</code>", True, "in code it is read as well"),
    ('<p title="#mis78">x</p>', False, "in an attribute"),
    ("<script>#mis78</script>", False, "in what nobody reads"),
    ("<style>#mis78{}</style>", False, "in a style"),
    ("<!-- #mis78 -->", False, "in a comment"),
    ("&num;mis78", True, "the sign by its name"),
    ("&#35;mis78", True, "by its number"),
    ("&#x23;mis78", True, "by its number in hexadecimal"),
    ("&amp;num;mis78", False, "the name of the sign, to be read as it stands"),
    ("%23mis78", False, "as addresses have it"),
    ("\\#mis78", True, "behind a stroke that parts"),
    ("#mis78" * 400, True, "four hundred times on end"),
    ("#" + "mis78" * 30, False, "too long"),
    ("", False, "nothing"),
]


@pytest.mark.parametrize(("html", "is_ours", "why"), VECTORS, ids=[one[2] for one in VECTORS])
def test_a_post_is_ours_or_not(html, is_ours, why):
    entry = Entry(guid="1", url="https://x.example/1", canonical="https://x.example/1", html=html)
    assert wanted(entry, OURS) is is_ours


@pytest.mark.parametrize(
    ("tags", "is_ours", "why"),
    [
        (("mis78",), True, "as networks give it"),
        (("#mis78",), True, "with its sign"),
        (("MIS78", "x"), True, "in capitals"),
        ((" mis78 ",), True, "with spaces around"),
        (("ＭＩＳ78",), True, "in full width"),
        (("mis789",), False, "longer"),
        (("mis 78",), False, "two words"),
        (("m\u0456s78",), False, "a look-alike"),
        ((), False, "its network says that it has none, whatever its text says"),
        (("", "\ud800", "\x00"), False, "nonsense"),
    ],
)
def test_the_tags_of_a_network_count_alone(tags, is_ours, why):
    entry = Entry(guid="1", url="u", canonical="u", html="<p>#mis78</p>", tags=tags)
    assert wanted(entry, OURS) is is_ours
