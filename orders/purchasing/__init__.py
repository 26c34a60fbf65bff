"""Orders: placing, approving, accepting, declining, cancelling, and what happened to them."""
