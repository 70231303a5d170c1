"""What is learned from the questions asked: the log, the questions without a good answer, and figures over both."""
