"""The adaptive map tile: all pins of a tile, or clusters where there are too many (ADR 0011)."""
