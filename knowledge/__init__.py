"""What the assistant knows and decides: pure, with no Telegram, database, network or clock. Anybody may enter.

`understanding` reads what is asked, `conversation` what is said about the conversation, `distress` whether somebody is
in distress; `questionnaire` tells who may apply, `register` knows the places, `dates` the calendar. `content` models
the YAML that `loading.py` reads and `checks` criticises; `rendering.py` says an entry. What any programme says is in
`defaults`, what this one says in a folder beside. Which may enter which: `pyproject.toml`.
"""

import os
from pathlib import Path

# Before numpy is imported: the products made here are small, and on a busy machine waiting for threads doubles them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PACKAGED = Path(__file__).with_name("territoires_volontaires")
"""The content that comes with the assistant."""
