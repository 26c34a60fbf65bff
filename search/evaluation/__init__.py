"""How well buyers' words find what they mean: judged queries, asked of three engines side by side."""
