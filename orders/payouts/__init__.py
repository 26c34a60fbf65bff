"""What the cooperative owes its sellers and has transferred to them."""
