"""Content files → values, and every problem of what is written in them."""
