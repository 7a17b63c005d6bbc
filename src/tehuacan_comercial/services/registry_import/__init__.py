"""Reading the old system's registry (padrón) from CSV or Excel, before anything is loaded."""
