"""The Swedish language: normal form, phrases, words, stems and sentences."""
