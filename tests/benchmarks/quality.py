"""How often the right topic comes out: ours against others, each part off in turn, and where it fails."""

import statistics
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import numpy as np

from knowledge.content.models import OFF_TOPIC, Content
from knowledge.understanding import features as feature_weights
from knowledge.understanding.lexicon import Lexicon
from knowledge.understanding.matching import Matcher
from knowledge.understanding.thresholds import Thresholds
from tests.benchmarks import baselines
from tests.benchmarks.labelled import Labelled, asker, failures, measure, rates, with_phrases

Row = dict[str, Any]


def ranking(matcher: Matcher) -> baselines.Ranking:
    """Ours as a ranking, without a decision."""

    def rank(question: str) -> list[str]:
        order = np.argsort(-matcher.scores(question))
        return [matcher.topics[n] for n in order if matcher.topics[n] != OFF_TOPIC]

    return rank


def against_others(content: Content, matcher: Matcher, items: list[Labelled]) -> list[Row]:
    """First and first three, in per cent, and the median time, over questions with one topic."""
    pairs = [(phrase, topic.id) for topic in content.topics.values() for phrase in (*topic.questions, topic.title)]
    methods: dict[str, baselines.Ranking] = {
        "rapidfuzz WRatio, raw text": baselines.w_ratio(pairs),
        "thefuzz, defaults": baselines.the_fuzz(pairs),
        "rapidfuzz token_set_ratio, normalised": baselines.token_set(pairs),
        "BM25, French stems": baselines.bm25(pairs),
        "TF-IDF, letters": baselines.tf_idf(pairs),
        "ours": ranking(matcher),
    }
    return [{"method": name, **_ranked(rank, items)} for name, rank in methods.items()]


def _ranked(rank: baselines.Ranking, items: list[Labelled]) -> Row:
    first, three, times = 0, 0, []
    asked = [item for item in items if item.kind == "one"]
    for item in asked:
        started = time.perf_counter()
        found = rank(item.q)
        times.append((time.perf_counter() - started) * 1000)
        good = {*item.topics, *item.accept}
        first += bool(set(found[:1]) & good)
        three += bool(set(found[:3]) & good)
    share = 100 / len(asked)
    return {
        "first %": round(first * share, 1),
        "three %": round(three * share, 1),
        "ms": round(statistics.median(times), 2),
    }


@contextmanager
def _weight(name: str, value: float) -> Any:
    feature_weights._of_word.cache_clear()
    with mock.patch.object(feature_weights, name, value):
        yield
    feature_weights._of_word.cache_clear()


def ablation(content: Content, items: list[Labelled]) -> list[Row]:
    """The figures of the goal with each part off in turn."""
    bare = replace(Thresholds(), nearest_weight=0.0)
    glossary = content.glossary
    rows = [{"without": "(nothing)", **_figures(Matcher(content), items)}]
    rows.append({"without": "nearest phrase", **_figures(Matcher(content, bare), items)})
    for name in ("PAIR", "SOUND", "RUN", "CONCEPT"):
        with _weight(name, 0.0):
            rows.append({"without": name.lower(), **_figures(Matcher(content), items)})
    with mock.patch.object(Lexicon, "_corrected", lambda _, word: word):
        feature_weights._of_word.cache_clear()
        rows.append({"without": "spelling", **_figures(Matcher(content), items)})
    changes: dict[str, dict[str, Any]] = {
        "short-hand": {"shorthand": {}},
        "neutral words": {"neutral": ()},
        "near misses": {"near_misses": ()},
    }
    for name, change in changes.items():
        less = content.model_copy(update={"glossary": glossary.model_copy(update=change)})
        rows.append({"without": name, **_figures(Matcher(less), items)})
    return rows


def learning_curve(content: Content, items: list[Labelled]) -> list[Row]:
    """The figures with only so many phrases a topic, evenly drawn."""
    rows = []
    for most in (5, 10, 20, 40, 80, 1_000):
        less = with_phrases(content, lambda topic, most=most: _spread(topic.questions, most))  # type: ignore[misc]
        phrases = sum(len(topic.questions) for topic in less.topics.values())
        rows.append({"phrases a topic": most, "phrases": phrases, **_figures(Matcher(less), items)})
    return rows


def _spread(phrases: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At most so many of them, from one end to the other."""
    return tuple(phrases[n * len(phrases) // most] for n in range(most)) if len(phrases) > most else phrases


def _figures(matcher: Matcher, items: list[Labelled]) -> Row:
    return dict(rates(measure(items, asker(matcher.find, matcher.content))))


def reliability(matcher: Matcher, items: list[Labelled]) -> list[Row]:
    """Of the messages whose best topic got such a probability, how many it was right for."""
    bins: dict[int, list[bool]] = {}
    for item in items:
        if item.kind == "several":
            continue
        probabilities = matcher.chances(item.q)
        best = int(probabilities.argmax())
        right = matcher.topics[best] in {*item.topics, *item.accept}
        bins.setdefault(min(9, int(probabilities[best] * 10)), []).append(right)
    return [
        {"said": f"{10 * n}–{10 * n + 10} %", "right %": round(100 * statistics.mean(right)), "messages": len(right)}
        for n, right in sorted(bins.items())
    ]


def confusions(matcher: Matcher, items: list[Labelled]) -> list[Row]:
    """Which topics were answered in the place of which."""
    pairs: Counter[tuple[str, str]] = Counter()
    for what, item, said in failures(items, asker(matcher.find, matcher.content)):
        if what in ("wrong", "fooled"):
            pairs[(item.topics[0], said[1][0])] += 1
    return [{"asked": asked, "answered": answered, "times": n} for (asked, answered), n in pairs.most_common(15)]
