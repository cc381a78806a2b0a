"""What the assistant knows and decides: pure, with no Telegram, database, network or clock."""

import os

# Before numpy is imported: the products made here are small, and on a busy machine waiting for threads doubles them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
