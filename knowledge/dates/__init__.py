"""Calls and milestones on a day: said, asked about, announced."""
