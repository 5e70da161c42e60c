"""From records that fit to the frozen model: what is inferred, inherited and resolved."""
