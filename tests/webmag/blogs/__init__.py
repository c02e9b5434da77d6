"""Invented old blogs, as their programs export them."""
