"""What the assistant knows and decides: pure, with no Telegram, database, network or clock."""

import os
from pathlib import Path

# Before numpy is imported: the products made here are small, and on a busy machine waiting for threads doubles them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

PACKAGED = Path(__file__).with_name("territoires_volontaires")
"""The content that comes with the assistant."""
