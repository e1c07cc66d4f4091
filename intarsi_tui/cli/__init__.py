"""The command line, on click. Never imports Textual; what costs start-up time is imported by the command that needs it."""
