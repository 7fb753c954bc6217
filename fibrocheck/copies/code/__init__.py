"""A visit's answers as a code of letters and digits, which can be typed, scanned and read back."""
