"""What is wrong or possible."""
