"""What may be written under each top-level key."""
