"""What products are sorted into."""
