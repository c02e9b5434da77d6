"""The administration of the directory: listings, requests, duplicates, removed listings."""
