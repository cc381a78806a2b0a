"""Whether somebody is in distress: read before anything else, from phrases and examples that the team edits."""
