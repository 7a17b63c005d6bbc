"""Use cases: one method, one permission, one transaction."""
