"""What the command does besides grading once."""
