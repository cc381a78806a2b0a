"""One file a change; once released, a file is never edited."""
