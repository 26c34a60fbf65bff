"""Money coming in: payments by Stripe Checkout and by bank transfer, and what Stripe tells us of them."""
