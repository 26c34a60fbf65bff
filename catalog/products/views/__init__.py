"""The pages of products: for buyers, for their sellers, and for the cooperatives that approve them."""
