"""The kinds of question that a questionnaire can ask."""
