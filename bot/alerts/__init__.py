"""Who asked to be told, what was published, who was told."""
