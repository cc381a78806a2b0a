"""Sending a dossier or a question: consent, details, recap, the outbox; where it is afterwards.

It may enter the questionnaire, whose answers it sends, never the other way round.
"""
