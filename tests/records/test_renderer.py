"""Records in a form renderer by others, CSIRO's Smart Forms; skipped if a tool is missing.

npm install --prefix FOLDER puppeteer-core esbuild react@19 react-dom@19 @aehrc/smart-forms-renderer@1.4.0
FIBROCHECK_BROWSER_TOOLS=FOLDER pytest -m browser tests/records/test_renderer.py
"""

import json
import os
from pathlib import Path

import pytest

from fibrocheck.questions import Answers
from fibrocheck.records.questionnaire import questionnaire
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from tests.browser_tools import node_modules, run, tool
from tests.records.samples import ANSWERS, AUTHORED, FIXTURE, IDENTIFIER
from tests.records.written import read_response

*SYMPTOMS, LAST = (each.id for each in (*FIXTURE.symptoms, FIXTURE.factors[-1]))
SAMPLE = {each: answer for each, answer in ANSWERS.items() if each != LAST}
VISITS: dict[str, Answers] = {"sample": SAMPLE, "skipped": {}, "unsure": dict.fromkeys(SYMPTOMS, "not-sure")}
VISITS["marked"] = {**SAMPLE, **dict.fromkeys(SYMPTOMS, "most-days")}


@pytest.mark.browser
def test_smart_forms_keeps_every_answer_that_it_loads(tmp_path: Path) -> None:
    """And when a person then answers the last question. It warns of nothing."""
    modules = node_modules("@aehrc/smart-forms-renderer", "esbuild", "puppeteer-core")
    kept = {name: Record(answers, "es", AUTHORED, IDENTIFIER) for name, answers in VISITS.items()}
    records = {name: write_response(record, FIXTURE) for name, record in kept.items()}
    visits = {"questionnaire": questionnaire(FIXTURE), "records": records, "clicked": LAST}
    (file := tmp_path / "visits.json").write_text(json.dumps(visits), encoding="utf-8")
    browser = tool("chromium", "chromium-browser", "google-chrome")
    command = [tool("node"), str(Path(__file__).with_name("renderer.cjs")), str(file), browser]
    found = json.loads(run(command, {**os.environ, "NODE_PATH": str(modules)}).stdout)
    for name, record in kept.items():
        read = read_response(json.dumps(found[name]["record"]), FIXTURE)
        assert read == record._replace(answers={**record.answers, LAST: "not-sure"})
        assert found[name]["warnings"] == []
