"""Why an inventory has no plan: the smallest facts that conflict, and the nearest changes that would make a plan."""
