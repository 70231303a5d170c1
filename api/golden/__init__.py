"""Golden questions: those that come with the program and those written in the console."""
