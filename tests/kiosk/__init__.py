"""The kiosk at a real pseudo-terminal: one patient after another, and nothing of any of them left."""
