"""The demonstration town: invented people and two years of work, the same for the same seed."""
