"""Known questions: suites of cases, put to the assistant, scored and measured."""

from __future__ import annotations

from evals.answer_suites import Progress, Way, answer_suites, of_rules_alone
from evals.compare_runs import Comparison, compare_runs
from evals.doors import Door, Heard
from evals.errors import EvalsError, GatesError, NoSuiteError, RunFileError, SuiteError
from evals.gates import Gates, Verdict
from evals.intervals import wilson
from evals.judge_gates import judge_gates
from evals.load_suites import load_suites, suite_files
from evals.read_gates import read_gates
from evals.render_report import render_report, report_json
from evals.report import CaseResult, FactMeasure, Measure, Report, SuiteCount
from evals.run import AnsweredCase, Reply, Run, RunHeader, RunSettings
from evals.run_suites import answer_and_store, run_suites
from evals.score_run import score_run
from evals.score_turn import Failure
from evals.select_cases import select_cases
from evals.store_run import read_run, store_run
from evals.suite import Case, CaseTurn, Expectation, Suite
from rules import Problem

__all__ = [
    "AnsweredCase",
    "Case",
    "CaseResult",
    "CaseTurn",
    "Comparison",
    "Door",
    "EvalsError",
    "Expectation",
    "FactMeasure",
    "Failure",
    "Gates",
    "GatesError",
    "Heard",
    "Measure",
    "NoSuiteError",
    "Problem",
    "Progress",
    "Reply",
    "Report",
    "Run",
    "RunFileError",
    "RunHeader",
    "RunSettings",
    "Suite",
    "SuiteCount",
    "SuiteError",
    "Verdict",
    "Way",
    "answer_and_store",
    "answer_suites",
    "compare_runs",
    "judge_gates",
    "load_suites",
    "of_rules_alone",
    "read_gates",
    "read_run",
    "render_report",
    "report_json",
    "run_suites",
    "score_run",
    "select_cases",
    "store_run",
    "suite_files",
    "wilson",
]
