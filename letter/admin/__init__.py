"""The letter in the administration."""
