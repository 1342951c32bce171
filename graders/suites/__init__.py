"""One suite a step: the checks, which read like the lesson."""
