"""Joining a cooperative as a seller, and the cooperative's care for who sells."""
