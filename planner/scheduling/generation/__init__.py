"""Schedule generation: many tasks, few people, at most so long a time between two of them."""
