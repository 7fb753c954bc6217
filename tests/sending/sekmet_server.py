"""SEKMET as a server of the tests: `python -m tests.sending.sekmet_server SETTINGS PORT`."""

import sys

import uvicorn
from sekmet.config import load_settings
from sekmet.fhir import search_params
from sekmet.main import create_app

# It has no search parameters for these.
search_params._DEFS["QuestionnaireResponse"] = """
    identifier:token:identifier
    questionnaire:uri:questionnaire
    status:token:status
    authored:date:authored
    subject:reference:subject
    patient:reference:subject:Patient
    author:reference:author
    encounter:reference:encounter
"""
search_params.PARAMS.update(search_params._parse())

if __name__ == "__main__":
    settings, port = sys.argv[1:]
    uvicorn.run(create_app(load_settings(settings)), host="127.0.0.1", port=int(port), log_level="warning")
