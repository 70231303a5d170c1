"""转人工: a conversation handed to the desk with its transcript, answered there by a person, and handed back."""
