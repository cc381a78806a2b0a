"""Who asks, where, and what: read before any topic is."""
