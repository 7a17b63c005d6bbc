"""The page Depósitos: from the drawers to the bank, and what banks and shops send."""
