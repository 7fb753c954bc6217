"""What a questions.yaml may contain: the description that reads it, and its JSON Schema."""
