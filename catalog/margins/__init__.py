"""The cooperative's share of a price: rules with dates, the most specific of which counts."""
