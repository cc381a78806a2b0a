"""From the words of a message to what they ask. It knows words and content."""
