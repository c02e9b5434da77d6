"""Rows of our own export."""


class OwnMaker:
    pass


class OwnChunk:
    pass
