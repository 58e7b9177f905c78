"""A report's text → the fields that it suggests, each with the passage that speaks for it."""
