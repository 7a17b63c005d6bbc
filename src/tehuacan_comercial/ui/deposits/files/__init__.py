"""Files of banks and shops from the window: chosen, tried, posted whole or not at all."""
