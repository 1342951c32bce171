"""The far side: all that runs where student code runs.  It knows the wire, and no verdicts."""
