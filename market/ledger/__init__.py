"""The cooperative's books: an append-only double-entry ledger that everything about money is read from."""
