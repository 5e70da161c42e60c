"""Scenarios: small overlays on an inventory, read with the place of every value, applied to what its files say."""
