"""Collecting what bears our hashtags elsewhere, with consent.

addresses.py says what to ask for an address that a person gave; parsing/ turns answers into
entries and never touches network or database; cleaning.py makes their words harmless; polling.py
asks the sources that are due; storing.py keeps entries, each once; rechecking.py honours what
was deleted at its origin; refusals.py remembers who said no. docs/decisions/0035 has the reasons.
"""
