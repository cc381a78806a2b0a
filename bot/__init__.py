"""How the assistant runs: the only package that knows every other."""
