"""Every text of a questionnaire on one page, for the clinician who approves the wording."""
