"""What is said about the conversation itself and one's own matters, recognised by rules, without the classifier."""
