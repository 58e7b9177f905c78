"""What editors' programs and the page Skapa rapport are handed."""
