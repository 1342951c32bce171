"""gradmark: an autograder for the first ten steps of the DeZero course."""

__version__ = "0.1.0"
