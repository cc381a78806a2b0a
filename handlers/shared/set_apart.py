"""What is kept of a person beside where she is: each in a row of its own (« destiny »), erased sooner than the rest."""

CANCELLED = "cancelled"
"""The answers that she took away."""
ASKED = "asked"
"""The last question of the conversation."""
