"""The tab *Caja*: a session, what an account owes, the charge, its receipt, the closing."""
