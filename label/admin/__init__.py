"""The label in the administration: charters, members, what was checked, claims to decide on."""
