"""What is kept of people: where they are in a conversation, opinions, drafts lent; for how long."""
