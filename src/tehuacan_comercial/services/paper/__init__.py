"""From the frozen content of a document to the sheet that ``documents`` draws."""
