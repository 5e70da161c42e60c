"""Where an inventory comes from: YAML folders, read into the model or refused with all faults at once."""
