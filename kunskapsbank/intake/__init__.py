"""A finished report from a word processor → Markdown for the bank, with its pictures and what must be looked at."""
