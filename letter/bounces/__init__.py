"""What mail servers send back: read, recognised by its signature, counted."""
