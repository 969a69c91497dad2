"""What a fact is."""
