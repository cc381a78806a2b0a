"""Alerts about the calendar: who asked for them, what was published, who is to be told, who was.

`subscriptions.py` and `queue.py` keep it, `broadcast.py` says what is due. The handlers know the first by
`knowledge.dates.calendar_changes.Subscriptions`; `tevo alerts` publishes; `bot/telegram/sender.py` sends.
"""
