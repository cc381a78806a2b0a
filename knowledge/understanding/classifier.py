"""A linear classifier of phrases: ridge regression on TF-IDF features, solved by block conjugate gradients.

Learnt from the content's own phrases, when an assistant first starts with them; no network, nothing to
download. Rifkin & Klautau (« In Defense of One-Vs-All Classification », 2004) for why regularised least
squares do as well here as support vectors; it needs two sparse products a step and nothing but numpy.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.understanding.sparse import Floats, Sparse


def train(phrases: Sparse, labels: Sequence[int], classes: int, ridge: float, steps: int) -> Floats:
    """Weights (width × classes) whose product with a phrase is highest for its class.

    Solves the dual (XXᵀ + ridge)A = Y, then W = XᵀA. All classes are solved together (O'Leary, « The block
    conjugate gradient algorithm », 1980): each profits from the directions found for the others, so that a few
    steps go as far as fifteen for each alone.
    """
    residual = np.zeros((phrases.height, classes), np.float32)
    residual[np.arange(phrases.height), labels] = 1.0
    columns = phrases.transposed()
    solution = np.zeros_like(residual)
    direction = residual
    for _ in range(steps):
        direction = np.linalg.qr(direction)[0]
        image = phrases.dot(columns.dot(direction)) + np.float32(ridge) * direction
        curvature = direction.T @ image
        step = np.linalg.solve(curvature, direction.T @ residual)
        solution += direction @ step
        residual = residual - image @ step
        direction = residual - direction @ np.linalg.solve(curvature, image.T @ residual)
    return columns.dot(solution)
