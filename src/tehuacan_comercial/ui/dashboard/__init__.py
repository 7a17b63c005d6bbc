"""The manager's window: the day at a glance, the rows behind it, what waits for a decision."""
