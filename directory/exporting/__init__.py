"""Writing the directory's public listings to files that anybody can use again."""
