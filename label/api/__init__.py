"""The open API's collected publications: beginnings and links (docs/api.md)."""
