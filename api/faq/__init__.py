"""Questions and answers written in the console: their text, their way from draft to served, and tables of them."""
