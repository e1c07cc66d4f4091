"""Sample data: an office of invented people, as much of it as is wanted, and the workspace that `intarsi demo` shows."""

from .generator import generate

__all__ = ["generate"]
