"""The commands, one group a file; imported when they are called."""
