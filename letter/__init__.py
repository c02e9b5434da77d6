"""The letter: what is new on the site, by mail, to whoever asked for it."""
