"""The tables, one module per capability, each column commented with its Spanish term."""
