"""The readable rules files: text in, frozen rule values out."""
