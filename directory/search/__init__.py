"""Finding listings: the form, the results, the categories beside them, the index."""
