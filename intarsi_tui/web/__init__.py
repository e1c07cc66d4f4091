"""The app in a browser: textual-serve's terminal behind a door of our own, since it has none. Only this package imports aiohttp."""
