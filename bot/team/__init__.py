"""What the team does with what people asked: groups, report, preview, effects of an edit."""
