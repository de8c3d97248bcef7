"""How each of the sample resumes is drawn or written."""
