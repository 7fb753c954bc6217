"""What a person can take away from a visit."""
