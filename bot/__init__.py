"""How the assistant runs: the only package that knows every other, and that no other knows.

`app.py` puts the parts together, `running.py` serves Telegram, `behind.py` sends what leaves by itself, `reloading.py`
has a changed content answer, `stores.py` holds all that is kept of people. The rooms beside: telegram and terminal
(fronts), database, memory, dossiers, alerts, papers, team, commands.
"""
