"""Plans the move of a server room, and verifies the plan by something that did not make it."""

__version__ = "0.1.0"
