"""A WordPress export of any size: articles, their images, comments, and all that stands beside."""

from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- generator="WordPress/6.5" created="2026-01-05 10:00" -->
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Le carnet des haies</title><link>{site}</link>
<description>Un blog inventé</description><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>{site}</wp:base_site_url><wp:base_blog_url>{site}</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[plume]]></wp:author_login>
<wp:author_display_name><![CDATA[Mona Ser]]></wp:author_display_name></wp:author>
<generator>https://wordpress.org/?v=6.5</generator>
"""
FOOT = "</channel>\n</rss>\n"
COMMENT = (
    "<wp:comment><wp:comment_id>{0}</wp:comment_id><wp:comment_author><![CDATA[Zoé]]>"
    "</wp:comment_author><wp:comment_content><![CDATA[Bravo {0}]]></wp:comment_content>"
    "</wp:comment>"
)
WORDS = (
    "La haie commence derrière le lavoir, entre deux charmes que personne n’a taillés depuis la "
    "guerre. On y entre en baissant la tête. Il y fait plus frais, et le bruit de la route cesse."
)


def cdata(text):
    """As WordPress writes it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def item(title="Un titre", html="", **values):
    """One record; `values` are WordPress's own names, `tags` and `metas` are pairs."""
    number = values.pop("post_id", 1)
    site = values.pop("site", "https://haies.example")
    link = values.pop("link", f"{site}/2014/03/article-no-{number}/")
    tags, metas = values.pop("tags", ()), values.pop("metas", ())
    comments = values.pop("comments", 0)
    fields = {
        "post_date": "2014-03-04 11:00:00",
        "post_date_gmt": "2014-03-04 10:00:00",
        "post_name": f"article-no-{number}",
        "status": "publish",
        "post_parent": 0,
        "post_type": "post",
        "post_password": "",
    } | values
    parts = [
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>",
        f"<dc:creator>{cdata('plume')}</dc:creator>",
        f'<guid isPermaLink="false">{site}/?p={number}</guid><description></description>',
        f"<content:encoded>{cdata(html)}</content:encoded>",
        f"<excerpt:encoded>{cdata(fields.pop('excerpt', ''))}</excerpt:encoded>",
        f"<wp:post_id>{number}</wp:post_id>",
        *(f"<wp:{name}>{cdata(str(value))}</wp:{name}>" for name, value in fields.items()),
        *(
            f'<category domain="{domain}" nicename="x">{cdata(name)}</category>'
            for domain, name in tags
        ),
        *(
            f"<wp:postmeta><wp:meta_key>{cdata(name)}</wp:meta_key>"
            f"<wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
            for name, value in metas
        ),
        *(COMMENT.format(one) for one in range(comments)),
        "</item>\n",
    ]
    return "".join(parts)


def attachment(number, url, parent=0, caption="", alt="", metas=()):
    """An image of the library."""
    return item(
        f"image {number}",
        post_id=number,
        post_type="attachment",
        status="inherit",
        post_parent=parent,
        excerpt=caption,
        attachment_url=url,
        metas=[("_wp_attachment_image_alt", alt), *metas],
    )


def export(*items, site="https://haies.example"):
    """A whole document."""
    return HEAD.format(site=site) + "".join(items) + FOOT


def large(articles, images_each, images_at, padding=0):
    """Pieces of a large export; `padding` signs of comments behind each article."""
    yield HEAD.format(site="https://haies.example")
    for number in range(1, articles + 1):
        first = 100_000 + number * images_each
        numbers = range(first, first + images_each)
        html = [f"<!-- wp:paragraph --><p>{WORDS} {number}</p><!-- /wp:paragraph -->"]
        for one in numbers:
            address = f"{images_at}/{one}.png"
            html.append(
                f'<figure class="wp-block-image"><img src="{address}" class="wp-image-{one}" '
                f'alt="Vue {one}"/><figcaption>Vue no {one} © Odile</figcaption></figure>'
                f"<p>{WORDS}</p>"
            )
        yield item(
            f"La haie no {number}",
            "\n".join(html),
            post_id=number,
            tags=[("category", "Balades"), ("post_tag", "haie")],
            comments=padding // 160,
        )
        for one in numbers:
            yield attachment(one, f"{images_at}/{one}.png", number)
    yield FOOT
