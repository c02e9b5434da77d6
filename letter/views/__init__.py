"""What people and their mail programs open."""
