"""The project's profile, the partners, the periods, and the workspace folder of one office."""
