"""The packaged register of French local authorities, and the script that makes it."""
