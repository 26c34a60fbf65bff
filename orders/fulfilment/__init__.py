"""Shipments by sellers and what the factory received of them."""
