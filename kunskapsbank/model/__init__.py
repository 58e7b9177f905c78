"""What the bank knows: frozen values, and the tables that say which there can be."""
