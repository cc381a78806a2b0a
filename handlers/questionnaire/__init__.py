"""The pre-qualification: one question at a time, then the verdict."""
