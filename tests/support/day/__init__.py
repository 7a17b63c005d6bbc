"""A day of trouble: an office of several tills, what its cashiers were told, and the truth."""
