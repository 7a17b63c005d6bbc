"""The tab Cuenta: everything about one account, read only."""
