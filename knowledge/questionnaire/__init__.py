"""Answers → the next question, or results criterion by criterion, and what would change them."""
