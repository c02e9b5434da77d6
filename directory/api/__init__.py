"""The open API: the directory's public listings for other sites and programs (docs/api.md)."""
