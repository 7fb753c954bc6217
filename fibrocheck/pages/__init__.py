"""From a summary to something that can be read: on a screen, as text, as a printed page."""
