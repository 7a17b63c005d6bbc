"""PostgreSQL, and nothing else in the program knows it."""
