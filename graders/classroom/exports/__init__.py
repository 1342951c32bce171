"""Gradebooks as instructors export them from a system, filled in to be imported again."""
