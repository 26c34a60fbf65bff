"""What a variant costs: for which quantity, for which buyer, on which day."""
