"""A filled workbook that comes back edited, taken into the registers: from cells to edits, and from edits to records."""
