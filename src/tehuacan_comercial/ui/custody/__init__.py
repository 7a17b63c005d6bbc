"""Who holds the money, on screen: deliveries of a drawer, and supervision of all of them."""
