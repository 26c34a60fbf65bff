"""Products and offers: what a seller describes, prices and submits, and the cooperative approves."""
