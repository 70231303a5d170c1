"""How well questions are answered and documents found, measured on files of questions (``policydesk eval``)."""
