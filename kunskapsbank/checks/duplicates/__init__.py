"""What may be in the bank twice: by name, and by text."""
