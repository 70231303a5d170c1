"""Who works here: accounts, log-in, sessions, and what a route may ask of whoever calls it."""
