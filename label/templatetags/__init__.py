"""Tags of the label."""
