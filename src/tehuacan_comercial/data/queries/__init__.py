"""Each SELECT beside the frozen row it returns."""
