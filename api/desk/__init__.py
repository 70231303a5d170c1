"""What an agent has on screen while a caller is talking: search as one types, the place in the document, a script."""
