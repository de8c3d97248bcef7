"""A mixed soak: recruiters at work, rude clients beside them, and what the server takes for it."""
