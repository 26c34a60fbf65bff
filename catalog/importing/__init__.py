"""Products from a spreadsheet."""
