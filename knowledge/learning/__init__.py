"""Learning from examples: sparse matrices, a classifier, and what was learnt kept between starts. Numbers only."""
