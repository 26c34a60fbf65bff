"""The pages of the search record, and what browsers hand in."""
