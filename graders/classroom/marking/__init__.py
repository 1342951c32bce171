"""What counts of what was graded: weights, deadlines, and the instructor's own word."""
