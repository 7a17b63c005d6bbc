"""The one table of the house: immutable rows, columns as data, sorting, filter, totals, export."""
