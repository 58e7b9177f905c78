"""What readers take away of the bank: its records as tables, and the whole of it as an archive."""
