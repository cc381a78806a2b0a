"""Ports for servers that are told theirs before they begin."""

import random
import socket

_BELOW_WHAT_THE_SYSTEM_GIVES = range(10_000, 30_000)
"""Linux gives those from 32,768 on to whoever asks for any: between looking and listening, nobody else takes ours."""


def free_port() -> int:
    """A port of loopback where nobody listens."""
    while True:
        port = random.choice(_BELOW_WHAT_THE_SYSTEM_GIVES)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
