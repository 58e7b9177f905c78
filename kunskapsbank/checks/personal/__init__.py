"""Personal data that must not be published: found in a text, and told."""
