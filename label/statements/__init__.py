"""Signed statements behind the badges: made, kept, taken back, published, checked offline."""
