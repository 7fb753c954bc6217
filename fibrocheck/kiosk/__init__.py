"""One patient after another in a waiting room."""
