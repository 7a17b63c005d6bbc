"""What several test folders share: a server of their own, logins, a proxy that breaks links."""
