"""The tab Turnos: who waits, one's own desk, and the people at reception."""
