"""What the team is shown, and what it edits: groups of questions asked in vain, report, preview, effects of an edit.

Nothing here serves Telegram: `bot/commands` alone enters.
"""
