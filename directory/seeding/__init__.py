"""Invented listings in any number, for trying and measuring: always the same ones."""

from directory.seeding.plant import SOURCE, plant, uproot

__all__ = ["SOURCE", "plant", "uproot"]
