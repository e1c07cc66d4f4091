"""Indicators, maps and reports: what leaves the office as a filled workbook."""
