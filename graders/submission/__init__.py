"""What was handed in, read as text."""
