"""Commands of the magazines."""
