"""Pages about invoices: for the buyer who pays, the seller who waits, the cooperative that bills."""
