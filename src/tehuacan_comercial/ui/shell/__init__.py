"""Parts of the main window: top bar, lock, idle watch, sheet of keys, what a section is."""
