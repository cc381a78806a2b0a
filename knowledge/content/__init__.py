"""The models of a content package, a folder of French YAML. It knows words only."""
