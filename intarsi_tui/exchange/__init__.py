"""Registers carried in and out: spreadsheets and CSV files that people edit elsewhere."""
