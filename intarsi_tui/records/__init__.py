"""What a record is: kinds of fields, declarations, rules and problems. Knows nothing of storage, screens or commands."""
