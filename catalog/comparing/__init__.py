"""Comparing products side by side: which ones a visitor has chosen, and the table of what they say."""
