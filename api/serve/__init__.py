"""``policydesk serve``: prepares what is missing, starts the API, the action server and Rasa, and watches over them.

The supervisor imports none of what its children run, so that it stays small and its start costs nothing.
"""
