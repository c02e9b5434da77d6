"""The open API's articles: excerpts and links, for other sites and programs (docs/api.md)."""
