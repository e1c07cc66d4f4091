"""Plugins found, loaded, checked and supervised; and the office: an opened workspace with its plugins."""
