"""Searches that buyers keep, and the daily letter about what is new in them."""
