"""Which submissions of a class are the same work, as far as can be told from their syntax."""
