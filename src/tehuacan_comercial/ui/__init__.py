"""The windows (Qt). They see services and domain, nothing below."""
