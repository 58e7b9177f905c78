"""Brings the full-text index up to date with the bank after a build."""
