"""The demo: cooperatives, sellers, factories, products and orders to look at and try, loaded through the real operations."""
