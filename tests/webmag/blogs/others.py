"""Overblog, Blogger, RSS and Atom, as they come."""

OVERBLOG = """<?xml version="1.0" encoding="UTF-8"?>
<root><blog><name>Les paniers d’Odile</name><description>x</description>
<main_host>paniers.over-blog.example</main_host><tags><tag>pain</tag></tags></blog>
<posts>
<post><origin>OB</origin><title><![CDATA[La soupe & le pain]]></title>
<slug>2014/03/la-soupe.html</slug><tags><![CDATA[Soupe,Légumes d’hiver]]></tags><status>2</status>
<created_at>2014-03-01 09:00:00</created_at><published_at>2014-03-12 10:22:00</published_at>
<modified_at>2015-01-01 00:00:00</modified_at><author><![CDATA[Odile]]></author>
<content><![CDATA[<div class="ob-section ob-section-html"><p>Coupez les poireaux.</p></div>
<div class="ob-section ob-section-images ob-default"><div class="ob-row-1-col">
<a class="ob-link-img" href="http://img.over-blog.example/ob_1.jpg"><img class="ob-cell ob-img"
src="http://resize.over-blog.com/170x170.jpg?http://img.over-blog.example/ob_1.jpg" alt=""></a>
<p class="ob-desc">Les poireaux de mars</p></div></div>]]></content>
<comments><comment><published_at>2014-03-13 10:00:00</published_at><content>Miam</content>
<replies><comment><content>Merci</content></comment></replies></comment></comments></post>
<post><title>Pas finie</title><slug>article-12345.html</slug><tags/><status>1</status>
<created_at>2014-04-01 09:00:00</created_at><published_at/><author>Odile</author>
<content>&lt;p&gt;Une idée.&lt;/p&gt;</content><comments/></post>
</posts>
<pages><page><title>Qui suis-je</title><slug>qui-suis-je.html</slug><status>2</status>
<published_at>2013-01-01 00:00:00</published_at><content>Odile.</content></page></pages></root>
"""

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Le carnet</title><link>{site}/</link>{extra}
{items}</channel></rss>
"""

RSS_ITEM = """<item><title>{title}</title><link>{site}/{slug}/</link>
<guid isPermaLink="false">{site}/?p={number}</guid><dc:creator>Mona</dc:creator>
<pubDate>Tue, 04 Mar 2014 10:00:00 +0000</pubDate><category>Balades</category>
<description>Un résumé […]</description>
<content:encoded><![CDATA[<p>{words}</p>]]></content:encoded></item>
"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le carnet</title>
<link rel="alternate" href="https://carnet.example/"/>
<entry><id>tag:carnet.example,2014:1</id><title type="html">Un &amp;amp; deux</title>
<link rel="alternate" href="/2014/un.html"/><published>2014-03-04T10:00:00+01:00</published>
<author><name>Mona</name></author><category term="haie" label="La haie"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>R &amp; D, <em>vite</em>.</p>
</div></content></entry></feed>
"""

BLOGGER = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'>
<generator version='7.00' uri='http://www.blogger.com'>Blogger</generator><title>Mon blog</title>
<link rel='alternate' href='http://haies.blogspot.example/'/>
<entry><id>tag:blogger.com,1999:blog-1.settings</id>
<category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#settings'/><title>réglage</title></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-2</id><published>2014-03-04T10:00:00+01:00</published>
<category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='potager'/>
<title>Semer</title><content type='html'>
&lt;table class="tr-caption-container"&gt;&lt;tr&gt;&lt;td&gt;
&lt;a href="http://1.bp.example/s1600/a.jpg"&gt;&lt;img src="http://1.bp.example/s320/a.jpg"/&gt;
&lt;/a&gt;&lt;/td&gt;&lt;/tr&gt;
&lt;tr&gt;&lt;td class="tr-caption"&gt;Le semis&lt;/td&gt;&lt;/tr&gt;
&lt;/table&gt;Et voilà.</content>
<link rel='alternate' href='http://haies.blogspot.example/2014/03/semer.html'/></entry>
<entry><id>tag:blogger.com,1999:blog-1.post-3</id><app:control><app:draft>yes</app:draft>
</app:control><category scheme='http://schemas.google.com/g/2005#kind'
 term='http://schemas.google.com/blogger/2008/kind#post'/><title>À finir</title>
<content type='html'>Un jour.</content></entry></feed>
"""
