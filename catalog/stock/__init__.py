"""How much there is, and why: every change to stock is a movement that stays."""
