"""The answers: plans, findings, refusals, and their JSON."""
