"""One table of colours, one scale and one font, from which palette and style sheet are made."""
