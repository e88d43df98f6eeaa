"""Lasting ids: the same rules and facts always give the same one."""

from __future__ import annotations

import hashlib
import json

from rules.case import Case
from rules.model import RuleSet


def decision_id(rules: RuleSet, case: Case) -> str:
    """Twelve hexadecimal digits of the SHA-256 of the rules file's hash and the sorted facts, as JSON."""
    content: dict[str, object] = {"facts": dict(case.answers), "rules": rules.sha256}
    if rules.day is not None:
        content["day"] = rules.day.isoformat()
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
