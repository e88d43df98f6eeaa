"""The pack over the Model Context Protocol, asked with the official client."""

import sys

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters

from assistant import Answer, DecisionResult, decide_facts
from ui.http_backend import Workers
from ui.mcp_server import mcp_server


def told(weather, talk):
    """What ``talk(client)`` returns, in the same process."""

    async def run():
        async with Client(mcp_server(weather, Workers(60))) as client:
            return await talk(client)

    return anyio.run(run)


def test_the_tools_are_these_and_change_nothing(weather):
    tools = told(weather, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"ask", "search", "decide", "next_question", "explain"}
    assert all(tool.annotations.read_only_hint and tool.output_schema and tool.description for tool in tools)


def test_a_message_is_answered_from_all_that_was_said_before(weather):
    said = {"message": "yes", "earlier": ["I am about to go out."]}
    result = told(weather, lambda client: client.call_tool("ask", said))
    answer = Answer.model_validate(result.structured_content)
    assert answer.decision.options == ("umbrella",)
    assert result.content[0].text.startswith(answer.text)
    assert "An umbrella keeps the rain off" in result.content[0].text.partition("Sources")[2]


def test_facts_decide_as_through_every_other_door(weather):
    result = told(
        weather, lambda client: client.call_tool("decide", {"facts": {"rain": "yes", "wind": "yes"}})
    )
    decision = DecisionResult.model_validate(result.structured_content)
    assert decision == decide_facts(weather.pack, {"rain": "yes", "wind": "yes"})


def test_the_next_question_comes_with_its_reason_and_source(weather):
    result = told(weather, lambda client: client.call_tool("next_question", {"facts": {}})).structured_content
    assert result["next"]["fact"] == "rain"
    assert result["next"]["why"] == "Umbrellas keep the rain off."
    assert result["citation"]["section"] == "weather#rain"
    assert result["possible"] == [["hat"], ["umbrella"]]


def test_a_decision_is_explained(weather):
    asked = {"facts": {"rain": "yes"}, "why_not": ["hat"], "what_if": {"rain": "no"}}
    result = told(weather, lambda client: client.call_tool("explain", asked)).structured_content
    assert result["why_not"][0]["option"] == "hat"
    assert result["what_if"]["after"]["options"] == ["hat"]


def test_search_gives_passages(weather):
    result = told(weather, lambda client: client.call_tool("search", {"query": "deep puddles", "top": 1}))
    assert result.structured_content["hits"][0]["section"] == "weather#puddles"


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("ask", {"message": "?!"}, "no words"),
        ("decide", {"facts": {"rian": "yes"}}, "did you mean rain"),
        ("explain", {"facts": {}, "why_not": ["umbrela"]}, "did you mean umbrella"),
        ("explain", {"facts": {}, "what_if": {"rain": "maybe"}}, "one of yes, no"),
        ("search", {"query": ""}, "query"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(weather, tool, arguments, words):
    result = told(weather, lambda client: client.call_tool(tool, arguments))
    assert result.is_error
    assert words in result.content[0].text


def test_the_sections_of_the_guide_are_resources_at_the_addresses_that_citations_name(weather):
    async def talk(client):
        listed = (await client.list_resources()).resources
        return {str(one.uri): (await client.read_resource(one.uri)).contents[0].text for one in listed}

    texts = told(weather, talk)
    assert "Boots are tight up to 20 cm of water." in texts["groundrule://guide/weather#puddles"]
    sections = [section.id for guide in weather.pack.guides for section in guide.sections]
    assert len(texts) == len(sections)


def test_a_prompt_has_a_case_asked_in_the_users_own_words(weather):
    async def talk(client):
        (listed,) = (await client.list_prompts()).prompts
        return listed, await client.get_prompt(listed.name, {"case": "It rains on Elm Street."})

    listed, got = told(weather, talk)
    assert [(one.name, one.required) for one in listed.arguments] == [("case", True)]
    assert "What to take along" in listed.title
    words = got.messages[0].content.text
    assert "It rains on Elm Street." in words
    assert "`ask`" in words


def test_a_pack_without_rules_offers_no_decisions(guides_in, cache):
    from assistant import Assistant

    folder = guides_in(bread="# Bread\n\nBread keeps for three days.\n")
    tools = told(Assistant.open(folder.parent, cache=cache), lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"ask", "search"}


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_it_is_served_over_http(http, mode):
    address = http()

    async def run():
        async with Client(f"{address}/mcp", mode=mode) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            return names, await client.call_tool("decide", {"facts": {"rain": "no"}})

    names, result = anyio.run(run)
    assert "ask" in names
    assert result.structured_content["decision"]["options"] == ["hat"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"authorization": "Bearer gr_x"}, 401),
    ],
)
def test_foreign_hosts_and_pages_and_keys_are_refused_over_http(http, headers, status):
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accept = {"accept": "application/json, text/event-stream"}
    assert httpx.post(f"{http()}/mcp", json=call, headers=accept | headers, timeout=60).status_code == status


def test_it_is_served_on_standard_streams(command_environment, weather):
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "ui", "mcp", "--pack", str(weather.pack.root)],
        env=command_environment,
    )

    async def run():
        async with Client(server) as client:
            return await client.call_tool("decide", {"facts": {"rain": "yes"}})

    assert anyio.run(run).structured_content["decision"]["options"] == ["umbrella"]
