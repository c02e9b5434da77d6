"""What stands behind the addresses of magazines, feeds and the site's search."""
