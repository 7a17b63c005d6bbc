"""A day's vouchers on screen: sheet with five totals, two vouchers, their acts and papers."""
