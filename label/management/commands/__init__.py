"""Commands of the label."""
