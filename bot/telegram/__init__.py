"""Telegram: updates in, in order and never lost; messages out, at the pace that it allows."""
