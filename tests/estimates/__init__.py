"""What is inferred."""
