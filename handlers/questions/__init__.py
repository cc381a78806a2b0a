"""What is said outside a form: questions, repairs of an answer, commands, voice, groups, old buttons.

`answering.py` takes a question, `handlers/shared/hearing.py` reads it, `in_vain.py` notes what found no answer. Only
`handlers/__init__.py` enters.
"""
