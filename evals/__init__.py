"""Known questions: suites of cases, put to the assistant, scored and measured."""

from __future__ import annotations

from evals.answer_suites import Progress, answer_suites
from evals.errors import EvalsError, NoSuiteError, RunFileError, SuiteError
from evals.intervals import wilson
from evals.load_suites import load_suites, suite_files
from evals.render_report import render_report, report_json
from evals.report import CaseResult, FactMeasure, Measure, Report, SuiteCount
from evals.run import AnsweredCase, Reply, Run, RunHeader
from evals.run_suites import run_suites
from evals.score_run import score_run
from evals.score_turn import Failure
from evals.store_run import read_run, store_run
from evals.suite import Case, CaseTurn, Expectation, Suite
from rules import Problem

__all__ = [
    "AnsweredCase",
    "Case",
    "CaseResult",
    "CaseTurn",
    "EvalsError",
    "Expectation",
    "FactMeasure",
    "Failure",
    "Measure",
    "NoSuiteError",
    "Problem",
    "Progress",
    "Reply",
    "Report",
    "Run",
    "RunFileError",
    "RunHeader",
    "Suite",
    "SuiteCount",
    "SuiteError",
    "answer_suites",
    "load_suites",
    "read_run",
    "render_report",
    "report_json",
    "run_suites",
    "score_run",
    "store_run",
    "suite_files",
    "wilson",
]
