"""What is kept of people: where they are in a conversation, opinions, questions asked in vain, drafts lent, counts.

And what is done with all of it at once: backup, another key, erasures, what is kept too long. The handlers know the
stores by protocols of `handlers` and `knowledge` only; `bot/stores.py` names them.
"""
