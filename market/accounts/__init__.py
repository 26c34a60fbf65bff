"""People: who they are, how they prove it, and for which organisation they act."""
