"""Run the suites, talk to the worker, score."""
