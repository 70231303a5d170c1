"""The ledger of logged requests 诉求."""
