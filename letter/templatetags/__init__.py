"""Tags that pages of the rooms below show the letter with."""
