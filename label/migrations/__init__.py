"""Migrations of the label."""
