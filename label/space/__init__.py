"""/mon-espace/: what a producer looks after: pages, posts, label, data."""
