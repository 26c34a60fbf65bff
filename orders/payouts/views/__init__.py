"""Pages about payouts: for the seller who is paid, and for the treasurer who pays."""
