"""A report as JUnit XML, which CI servers show."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evals.report import CaseResult, Report

if TYPE_CHECKING:
    from junitparser import TestCase

# What XML 1.0 cannot hold at all.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_junit(report: Report) -> bytes:
    """The report as JUnit XML: a test suite a suite, a test case a case, with its reasons if it failed.

    A case that could not be run is an error, neither passed nor failed.
    """
    from junitparser import JUnitXml, TestSuite

    whole = JUnitXml("groundrule")
    for count in report.suites:
        suite = TestSuite(_shown(count.name))
        suite.timestamp = report.run.started
        suite.add_property("pack", _shown(f"{report.run.pack} {report.run.pack_version}"))
        suite.add_property("pack sha256", report.run.pack_sha256)
        for case in report.cases:
            if case.suite == count.name:
                suite.add_testcase(_case(case))
        whole.add_testsuite(suite)
    whole.update_statistics()  # type: ignore[no-untyped-call]
    return bytes(whole.tostring())  # type: ignore[no-untyped-call]


def _case(case: CaseResult) -> TestCase:
    from junitparser import Error, Failure, TestCase

    shown = TestCase(_shown(case.case), classname=_shown(case.suite), time=case.ms / 1000)
    if case.problem:
        error = Error(_shown(case.problem), "not run")
        error.text = _shown(f"{case.place}: {case.problem}")
        shown.result = [error]
    elif case.failures:
        failure = Failure(_shown(str(case.failures[0])), ", ".join(case.parts))
        told = [f"{number}> {said}" for number, said in enumerate(case.said, 1)]
        failure.text = _shown(
            "\n".join([case.place, *told, *map(str, case.failures), f"because: {case.why}"])
        )
        shown.result = [failure]
    return shown


def _shown(text: str) -> str:
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
