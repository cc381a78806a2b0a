"""French as people type it, and as we write it; YAML with located errors. Anybody may enter; it knows nothing else."""
