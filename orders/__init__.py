"""Buying: cart, purchasing, fulfilment, billing, payouts and the desks that show them."""
