"""A linear classifier of phrases: ridge regression on TF-IDF features, solved by conjugate gradients.

Learnt from the content's own phrases when the assistant starts; no network, no model file. Rifkin &
Klautau (« In Defense of One-Vs-All Classification », 2004) for why regularised least squares do as
well here as support vectors; it needs two sparse products a step and nothing but numpy.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.sparse import Floats, Sparse


def train(phrases: Sparse, labels: Sequence[int], classes: int, ridge: float, steps: int) -> Floats:
    """Weights (width × classes) whose product with a phrase is highest for its class.

    Classes count alike however many phrases they have. Solves the dual (XXᵀ + ridge)A = Y, then W = XᵀA.
    """
    target = np.full((phrases.height, classes), 0.0, np.float32)
    target[np.arange(phrases.height), labels] = 1.0
    columns = phrases.transposed()
    solution = np.zeros_like(target)
    residual = target.copy()
    direction = residual.copy()
    power = (residual**2).sum(axis=0)
    for _ in range(steps):
        image = phrases.dot(columns.dot(direction)) + ridge * direction
        step = power / np.maximum((direction * image).sum(axis=0), 1e-12)
        solution += step * direction
        residual -= step * image
        before, power = power, (residual**2).sum(axis=0)
        direction = residual + power / np.maximum(before, 1e-12) * direction
    return columns.dot(solution)
