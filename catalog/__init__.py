"""What is for sale: categories, products, prices, stock, margins, moderation and import."""
