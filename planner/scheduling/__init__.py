"""From an inventory to a plan or a refusal; the only room that knows OR-Tools."""
