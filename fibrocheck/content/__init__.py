"""The questionnaire: its types, its file, and the rules that the file must follow."""
