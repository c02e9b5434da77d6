"""The writing desk: what contributors and editors find in the administration."""
