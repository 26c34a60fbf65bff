"""The seller's pages of stock and capacity, and the day promised to buyers."""
