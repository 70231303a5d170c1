"""Serve: answers, chat, requests and the command line. Only this package knows HTTP and the database."""
