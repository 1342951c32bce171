"""What the authors of the course have written, and what is left of it to write."""
