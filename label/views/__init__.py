"""What visitors see of the label."""
