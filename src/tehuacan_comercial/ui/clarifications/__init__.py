"""The page Aclaraciones: returned cheques, transfers, likely mistakes, accounts without cheques."""
