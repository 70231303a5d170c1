"""What the console and /v1/kb need of documents beyond the refresh: listing them, showing their originals, taking
uploads, and writing down what an admin wants changed. Nothing here is live before a refresh has published it."""
