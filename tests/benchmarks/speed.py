"""How long an answer takes and what it costs, as the content grows; how long the commands take to start."""

import itertools
import os
import resource
import statistics
import subprocess
import sys
import time
from typing import Any

from knowledge.content.models import Content
from knowledge.understanding.matching import Matcher
from tests.benchmarks.labelled import Labelled, with_phrases

Row = dict[str, Any]


def growth(content: Content, items: list[Labelled], sizes: tuple[int, ...]) -> list[Row]:
    """Build time, time a question and memory at so many phrases, each size in a process of its own."""
    return [_in_a_child(lambda size=size: _measured(grown(content, size), items)) for size in sizes]


def grown(content: Content, size: int) -> Content:
    """The content with so many phrases: its own, cut or joined two by two into new ones."""
    pairs = [(phrase, topic.id) for topic in content.topics.values() for phrase in topic.questions]
    step = max(1, len(pairs) // size)
    chosen = pairs[::step][:size]
    openings = [phrase for phrase, _ in pairs]
    for turn in itertools.count(1):
        if len(chosen) >= size:
            break
        chosen += [(f"{openings[(n * 7 + turn * 13) % len(pairs)]}, {p}", t) for n, (p, t) in enumerate(pairs)]
    phrases: dict[str, list[str]] = {}
    for phrase, topic in chosen[:size]:
        phrases.setdefault(topic, []).append(phrase)
    return with_phrases(content, lambda topic: phrases.get(topic.id, topic.questions[:1]))


def _measured(content: Content, items: list[Labelled]) -> Row:
    before = _memory()
    started = time.perf_counter()
    matcher = Matcher(content)
    built = time.perf_counter() - started
    for item in items[:20]:
        matcher.find(item.q)
    times = []
    for item in items:
        began = time.perf_counter()
        matcher.find(item.q)
        times.append((time.perf_counter() - began) * 1000)
    times.sort()
    return {
        "phrases": sum(len(topic.questions) for topic in content.topics.values()),
        "build s": round(built, 2),
        "median ms": round(statistics.median(times), 2),
        "p99 ms": round(times[int(len(times) * 0.99)], 2),
        "memory MB": round(_memory() - before),
    }


def _memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_a_child(work: Any) -> Any:
    """Run in a forked process, so that each measure of memory starts from the same place."""
    import json

    reader, writer = os.pipe()
    if os.fork() == 0:
        os.write(writer, json.dumps(work()).encode())
        os._exit(0)
    os.close(writer)
    os.wait()
    with os.fdopen(reader) as answer:
        return json.loads(answer.read())


def starts() -> list[Row]:
    """Whole processes: the best of five, in seconds, and the most memory, in MB."""
    commands = {
        "python -c pass": ["-c", "pass"],
        "tevo check": ["-m", "tests.benchmarks.command", "check"],
        "tevo ask (one question)": ["-m", "tests.benchmarks.command", "ask"],
        "import aiogram": ["-c", "import aiogram"],
        "import of the bot and its parts": ["-c", "import bot.running"],
    }
    return [{"command": name, **started(arguments)} for name, arguments in commands.items()]


def started(arguments: list[str]) -> Row:
    """A whole process of Python's: the best of five, in seconds, and the most memory, in MB."""
    seconds, peak = [], 0.0
    for _ in range(5):
        started = time.perf_counter()
        code = (
            "import resource, subprocess, sys;"
            "run = [sys.executable, *sys.argv[1:]];"
            "subprocess.run(run, input=b'combien ?', stdout=subprocess.DEVNULL, check=True);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
        )
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - started)
        peak = max(peak, float(done.stdout))
    return {"s": round(min(seconds), 2), "MB": round(peak)}
