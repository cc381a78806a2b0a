"""A linear classifier of phrases: multinomial logistic regression on TF-IDF features, by L-BFGS.

Learnt from the content's own phrases, when an assistant first starts with them; no network, nothing to
download. Its outputs are probabilities: what a threshold needs (Niculescu-Mizil & Caruana, « Predicting Good
Probabilities With Supervised Learning », 2005). Twenty-odd steps (Liu & Nocedal, 1989) of two sparse products
each; further ones change nothing to what is understood.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.learning.sparse import Floats, Product, Sparse

_REMEMBERED = 3
"""Past steps from which the curvature is guessed."""
_SHORTEST_STEP = 1e-4
_ENOUGH = 1e-4
"""The share of the expected gain that a step must bring (Armijo)."""

_WORTH = 0.95
"""The share of the numbers that merging features must leave at most, to be worth its rounding."""

_BETWEEN = np.float32(1.2)
"""Where the margin lies: what holds nothing known is of the first class, and needs no weights to be so."""

Places = NDArray[np.intp]
Classes = NDArray[np.int_]

Objective = Callable[[Floats], tuple[float, Floats]]
"""Weights → what is to be made least, and its slope."""


def train(phrases: Sparse, labels: Classes, classes: int, ridge: float, steps: int) -> Floats:
    """Weights (width × classes) whose products with a phrase are the logarithms of its classes' odds.

    `ridge`: how much large weights are held back. The products of any phrase sum to zero.
    """
    if classes == 2:  # by how much the second is likelier is all that there is to learn
        return _second(_least_of(phrases, 1, steps, lambda rows: _loss(rows, labels, 1, ridge / 2)))
    return _least_of(phrases, classes, steps, lambda rows: _loss(rows, labels, classes, ridge))


def train_margin(phrases: Sparse, is_second: NDArray[np.bool_], ridge: float, steps: int) -> Floats:
    """Weights (width × 2) by which each phrase of the second class lies a margin of 1 above those of the first.

    What lies beyond weighs nothing any more: where most phrases are plain, it is the doubtful ones that are learnt
    (a support vector machine with squared hinge loss; Fan et al., « LIBLINEAR », 2008). No probabilities.
    """
    return _second(_least_of(phrases, 1, steps, lambda rows: _squared_hinge(rows, is_second, ridge)))


def _second(weights: Floats) -> Floats:
    """Weights by which the second of two classes is likelier, shared out between both."""
    return np.hstack([-weights / np.float32(2), weights / np.float32(2)])


def _least_of(phrases: Sparse, width: int, steps: int, objective: Callable[[Sparse], "Objective"]) -> Floats:
    """The weights (width × columns) that make least an objective of phrases, learnt on merged features."""
    used = np.flatnonzero(np.bincount(phrases.columns, minlength=phrases.width))
    firsts, same = _merged(phrases, used)
    times = np.sqrt(np.bincount(same)).astype(np.float32)
    rows = phrases.narrowed(used[firsts])
    rows.values *= times[rows.columns]
    learnt = _least(objective(rows), np.zeros((rows.width, width), np.float32), steps)
    weights = np.zeros((phrases.width, width), np.float32)
    weights[used] = (learnt / times[:, None])[same]
    return weights


def _merged(phrases: Sparse, used: Places) -> tuple[Places, Places]:
    """Features that are in the same phrases, as often, may be learnt as one, as long as all of them together.

    What is learnt is the same, once it is shared out evenly. Returns one of each of these groups, and the group of
    each feature. Few phrases have many such features: most runs of letters of a word are in no other word.
    """
    drawn = np.random.default_rng(0).random(phrases.height)
    seen = np.bincount(phrases.columns, drawn[phrases.rows] * phrases.values, phrases.width)[used]
    _, firsts, same = np.unique(seen, return_index=True, return_inverse=True)
    counts = np.bincount(phrases.columns, minlength=phrases.width)[used]
    if counts[firsts].sum() > _WORTH * counts.sum():
        return np.arange(len(used)), np.arange(len(used))
    return firsts, same


def softmax(logits: Floats) -> Floats:
    """Logarithms of odds as probabilities that sum to one, along the last axis."""
    exponents: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    exponents /= exponents.sum(axis=-1, keepdims=True)
    return exponents


def _loss(phrases: Sparse, labels: Classes, width: int, ridge: float) -> Objective:
    """How badly weights of so many columns predict the labels (cross-entropy), and how large they are."""
    by_phrase, by_column = Product(phrases, width), Product(phrases.transposed(), width)
    each = np.arange(phrases.height)

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = by_phrase.of(weights)
        is_one_of_two = logits.shape[1] == 1
        predicted = softmax(np.hstack([np.zeros_like(logits), logits]) if is_one_of_two else logits)
        entropy = -np.log(np.maximum(predicted[each, labels], np.float32(1e-30))).sum(dtype=np.float64)
        predicted[each, labels] -= 1
        slope = by_column.of(predicted[:, 1:] if is_one_of_two else predicted)
        slope += np.float32(ridge) * weights
        return float(entropy) + ridge / 2 * float(np.vdot(weights, weights)), slope

    return loss


def _squared_hinge(phrases: Sparse, is_second: NDArray[np.bool_], ridge: float) -> Objective:
    """How far phrases lie within the margin of their class, squared, and how large the weights are."""
    by_phrase, by_column = Product(phrases, 1), Product(phrases.transposed(), 1)
    sides = np.where(is_second, np.float32(1), np.float32(-1))[:, None]

    def loss(weights: Floats) -> tuple[float, Floats]:
        short = np.maximum(np.float32(0), 1 - sides * (by_phrase.of(weights) - _BETWEEN))
        slope = by_column.of(-2 * sides * short)
        slope += np.float32(ridge) * weights
        return float(np.vdot(short, short)) + ridge / 2 * float(np.vdot(weights, weights)), slope

    return loss


def _least(objective: Objective, weights: Floats, steps: int) -> Floats:
    """The weights that make a smooth convex objective nearly least."""
    value, slope = objective(weights)
    past: list[tuple[Floats, Floats, float]] = []
    for _ in range(steps):
        direction = _direction(slope, past)
        descent = float(np.vdot(slope, direction))
        size = 1.0 if past else 1.0 / max(float(np.linalg.norm(slope)), 1e-9)
        while True:
            moved = np.float32(size) * direction
            reached, slope_there = objective(weights + moved)
            if reached <= value + _ENOUGH * size * descent:
                break
            size /= 2
            if size < _SHORTEST_STEP:
                return weights  # as low as these numbers can tell
        weights += moved
        slope -= slope_there
        bent = np.negative(slope, out=slope)
        curvature = float(np.vdot(moved, bent))
        if curvature > 0:
            past = [*past, (moved, bent, curvature)][-_REMEMBERED:]
        value, slope = reached, slope_there
    return weights


def _direction(slope: Floats, past: Sequence[tuple[Floats, Floats, float]]) -> Floats:
    """Minus the slope, corrected by the curvature met in the past steps (the « two-loop recursion »)."""
    direction = -slope
    shares = []
    for moved, bent, curvature in reversed(past):
        share = float(np.vdot(moved, direction)) / curvature
        direction -= np.float32(share) * bent
        shares.append(share)
    if past:
        _, bent, curvature = past[-1]
        direction *= np.float32(curvature / float(np.vdot(bent, bent)))
    for (moved, bent, curvature), share in zip(past, reversed(shares), strict=True):
        direction += np.float32(share - float(np.vdot(bent, direction)) / curvature) * moved
    return direction
