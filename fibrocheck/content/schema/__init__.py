"""What a questions.yaml may hold: read from a file, and as a JSON Schema."""
