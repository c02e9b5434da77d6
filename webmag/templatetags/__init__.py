"""Tags of the magazines."""
