"""Questions in, cited answers out: understand → retrieve → decide → compose. Never generates a sentence of policy."""
