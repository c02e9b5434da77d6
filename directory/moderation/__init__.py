"""What volunteers do with listings: find doubles, merge, remove."""
