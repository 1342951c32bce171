"""What a student is told."""
