"""When a seller takes no orders: holidays, a machine that is being repaired."""
