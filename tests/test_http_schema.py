"""The HTTP interface does what its own description says, whatever it is sent."""

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.http_server import served

EXPECTED = {
    ("post", "/v1/answers"),
    ("get", "/v1/conversations/{conversation}"),
    ("delete", "/v1/conversations/{conversation}"),
    ("post", "/v1/decisions"),
    ("post", "/v1/search"),
    ("get", "/v1/models"),
    ("get", "/v1/models/{model}"),
    ("post", "/v1/chat/completions"),
    ("get", "/livez"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}


@pytest.fixture(scope="module")
def address(weather, tmp_path_factory):
    folder = tmp_path_factory.mktemp("schema")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDRULE_KEYS", str(folder / "keys.json"))
        with served(weather, f"sqlite:///{folder / 'conversations.db'}") as found:
            yield found


def test_the_description_is_of_these_routes_and_no_others(address):
    paths = httpx.get(f"{address}/openapi.json", timeout=60).json()["paths"]
    assert {(method, path) for path, methods in paths.items() for method in methods} == EXPECTED


@pytest.mark.parametrize(
    ("method", "path", "mode"),
    [(*one, GenerationMode.POSITIVE) for one in sorted(EXPECTED)]
    # To the others nothing can be sent that their description forbids.
    + [(*one, GenerationMode.NEGATIVE) for one in sorted(EXPECTED) if one[0] == "post" or "{conv" in one[1]],
)
def test_every_answer_is_one_that_the_description_names(address, method, path, mode):
    schema = schemathesis.openapi.from_url(f"{address}/openapi.json")
    operation = schema[path][method.upper()]
    names = (
        "not_a_server_error",
        "status_code_conformance",
        "content_type_conformance",
        "response_schema_conformance",
    )
    checks = CHECKS.get_by_names(names)
    statuses = set()

    @settings(
        max_examples=30,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def conforms(case):
        if path == "/v1/chat/completions" and isinstance(case.body, dict) and mode == GenerationMode.POSITIVE:
            case.body["model"] = "weather"  # any other name is refused before all else is looked at
        statuses.add(case.call_and_validate(checks=checks).status_code)

    conforms()
    assert statuses
    if mode == GenerationMode.NEGATIVE:
        assert min(statuses) >= 400
