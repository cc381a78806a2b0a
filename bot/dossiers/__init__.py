"""Dossiers and questions on their way to the team, and its answers on their way back.

`outbox.py` keeps them, `courier.py` sends them, `mail.py` composes, `smtp.py` and `mail_files.py` are the two ways out;
`reply_queue.py` keeps the answers and `replying.py` sends them. The handlers know the outbox by
`knowledge.submission.Outbox`; the operator comes by `desk.py`.
"""
