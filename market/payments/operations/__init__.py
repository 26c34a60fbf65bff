"""Taking money in: by card through Stripe, by bank transfer through the treasurer's hands."""
