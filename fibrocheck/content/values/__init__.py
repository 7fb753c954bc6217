"""Types of value a questions.yaml can hold: each reads a node, and gives the same rules as JSON Schema."""
