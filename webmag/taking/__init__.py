"""Taking along: an issue as an e-book and a booklet, one's own articles as Markdown."""
