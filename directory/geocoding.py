"""Places by name (until the gazetteer lands)."""
