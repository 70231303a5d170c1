"""The dialogue layer: runs in the Rasa environment (Python 3.10) and talks to the API over HTTP only."""
