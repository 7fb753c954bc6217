"""Reading aloud: words for ears, voices that are not there, and visits that are only heard."""
