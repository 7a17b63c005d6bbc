"""Paper: rendering at exact size, printers, the tray of sheets and their preview."""
