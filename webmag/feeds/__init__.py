"""RSS and Atom of the magazines, with full texts and images (docs/magazines.md)."""
