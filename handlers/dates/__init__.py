"""/dates, and who asked to be told of them."""
