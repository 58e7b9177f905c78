"""What the FoU unit takes from the bank: the account of a year, a district's report of it, and what is missing."""
