"""The pages of orders: for the buyer, the seller and the cooperative."""
