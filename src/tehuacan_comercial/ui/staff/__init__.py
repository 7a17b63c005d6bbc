"""Who works here: the sign-in window and the station's first run."""
