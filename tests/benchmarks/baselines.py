"""What others do: each ranks the topics for a question, from the same phrases. For comparison only."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz, process
from thefuzz import process as thefuzz_process

from knowledge.words.text import normalise, stem, words

Ranking = Callable[[str], list[str]]
"""A question → topics, best first."""

Pairs = list[tuple[str, str]]
"""(phrase, topic)."""


def w_ratio(pairs: Pairs) -> Ranking:
    """rapidfuzz WRatio on raw text: what most bots do."""
    return _by_scorer(pairs, fuzz.WRatio, lambda text: text)


def token_set(pairs: Pairs) -> Ranking:
    """rapidfuzz token_set_ratio on normalised text."""
    return _by_scorer(pairs, fuzz.token_set_ratio, normalise)


def the_fuzz(pairs: Pairs) -> Ranking:
    """thefuzz, with its own default processing and scorer."""
    phrases = dict(enumerate(phrase for phrase, _ in pairs))

    def rank(question: str) -> list[str]:
        found = thefuzz_process.extract(question, phrases, limit=40)
        return _topics(pairs[number][1] for _, _, number in found)

    return rank


def bm25(pairs: Pairs, k: float = 1.2, b: float = 0.75) -> Ranking:
    """BM25 over French stems, one document a phrase."""
    documents = [Counter(stem(word) for word in words(phrase)) for phrase, _ in pairs]
    mean = sum(document.total() for document in documents) / len(documents)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for term, count in document.items():
            postings[term].append((number, count * (k + 1) / (count + k * (1 - b + b * document.total() / mean))))
    idf = {term: math.log(1 + (len(pairs) - len(at) + 0.5) / (len(at) + 0.5)) for term, at in postings.items()}

    def rank(question: str) -> list[str]:
        scores: Counter[int] = Counter()
        for term in {stem(word) for word in words(question)}:
            for number, weight in postings.get(term, ()):
                scores[number] += idf[term] * weight  # type: ignore[assignment]
        return _topics(pairs[number][1] for number, _ in scores.most_common(60))

    return rank


def tf_idf(pairs: Pairs) -> Ranking:
    """Cosine of TF-IDF on character n-grams, 2 to 4 letters."""
    rows = [_grams(phrase) for phrase, _ in pairs]
    frequency = Counter(gram for row in rows for gram in row)
    idf = {gram: math.log((1 + len(rows)) / (1 + count)) + 1 for gram, count in frequency.items()}
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, row in enumerate(rows):
        norm = math.sqrt(sum((count * idf[gram]) ** 2 for gram, count in row.items()))
        for gram, count in row.items():
            postings[gram].append((number, count * idf[gram] / norm))

    def rank(question: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for gram, count in _grams(question).items():
            for number, weight in postings.get(gram, ()):
                scores[number] += count * idf[gram] * weight
        best = sorted(scores, key=lambda number: -scores[number])[:60]
        return _topics(pairs[number][1] for number in best)

    return rank


def _by_scorer(pairs: Pairs, scorer: Callable[..., float], prepared: Callable[[str], str]) -> Ranking:
    phrases = [prepared(phrase) for phrase, _ in pairs]

    def rank(question: str) -> list[str]:
        found = process.extract(prepared(question), phrases, scorer=scorer, limit=40)
        return _topics(pairs[number][1] for _, _, number in found)

    return rank


def _grams(text: str) -> Counter[str]:
    padded = f" {normalise(text)} "
    return Counter(padded[at : at + size] for size in (2, 3, 4) for at in range(len(padded) - size + 1))


def _topics(found: object) -> list[str]:
    return list(dict.fromkeys(found))  # type: ignore[call-overload]
