"""What can be looked up or checked without a network: code tables, identifiers, holidays."""
