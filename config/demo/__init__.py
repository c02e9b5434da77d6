"""The demo content: an invented territory's worth of listings, drawings and pages."""
