"""The numbers of the day."""
