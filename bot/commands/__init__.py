"""`tevo …`: one module a group of commands."""
