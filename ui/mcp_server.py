"""The pack as a server of the Model Context Protocol: tools that compute and cite, the guide as resources.

No tool keeps anything: each call brings all that it stands on, so that any process may answer it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.resources import TextResource
from mcp.server.transport_security import TransportSecuritySettings
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from assistant import (
    Answer,
    Assistant,
    CitedWords,
    DecisionResult,
    FactError,
    MessageError,
    NextQuestion,
    TooLargeError,
)
from assistant.answer import Status
from assistant.explanations import Asked, ExplanationResult, explain_facts
from ui.did_you_mean import did_you_mean
from ui.http_chat_words import chat_words
from ui.http_problem import RefusedError
from ui.http_replay import MOST_SAID, Replay
from ui.json_lines import whole_characters
from ui.look_up import HitsTold, Known, Looked, checked, decided, found
from ui.section_address import section_address

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from ui.http_backend import Workers

Result = TypeVar("Result")

Facts = Annotated[
    dict[str, str | bool | int | float],
    Field(description='What is known, by fact: a value of the rules, a number, or "unknown".'),
]
_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class QuestionTold(BaseModel):
    """What to ask next, ``None`` when nothing can change the result; ``possible`` are the results left."""

    status: Status
    options: tuple[str, ...]
    possible: tuple[tuple[str, ...], ...]
    next: NextQuestion | None
    citation: CitedWords | None


def mcp_server(assistant: Assistant, workers: Workers) -> MCPServer:
    """The server of ``assistant``'s pack; the work is done by ``workers``."""
    pack = assistant.pack
    server = MCPServer(
        "groundrule",
        title=pack.title,
        version=pack.version,
        instructions=_instructions(assistant),
        # Its own log would hold what was asked.
        log_level="CRITICAL",
    )
    _add_reading(server, assistant, workers)
    _add_prompt(server, pack.title)
    if pack.rules is not None:
        _add_rules(server, assistant, workers)
    for guide in pack.guides:
        for section in guide.sections:
            kind = "text/plain" if guide.form == "text" else "text/markdown"
            text = guide.text[section.start : section.end]
            name = " › ".join(section.heading)
            uri = section_address(section.id)
            server.add_resource(TextResource(uri=uri, name=name, mime_type=kind, text=text))
    return server


def mcp_app(server: MCPServer) -> Starlette:
    """``server`` over streamable HTTP at ``/mcp``, to stand behind the gate, which checks Host and Origin."""
    checked_before = TransportSecuritySettings(enable_dns_rebinding_protection=False)
    return server.streamable_http_app(
        stateless_http=True, json_response=True, transport_security=checked_before
    )


def _add_prompt(server: MCPServer, title: str) -> None:
    @server.prompt(title=f"Advice on: {title}")
    def advise(
        case: Annotated[str, Field(description="What is to be decided, in the user's own words.")],
    ) -> str:
        """Decide a case with the guide, asking what is still open."""
        return (
            f"Call the tool `ask` with this message, unchanged:\n\n{case}\n\n"
            "Show its text as it is, with its numbers and sources. Where it asks something, put the question "
            "to me and pass my answer on with `ask`, with all earlier messages in `earlier`, until it has "
            "decided. Add no recommendation and no fact of your own."
        )


def _instructions(assistant: Assistant) -> str:
    """What a calling model is told once, with the facts that it may pass on."""
    known = ""
    for name, label in assistant.fact_labels().items():
        values = " | ".join(value for value, _ in label.choices) or "a number"
        known += f"\n- {name}: {label.ask or label.label} ({values})"
    return (
        f"{assistant.pack.title}. Recommendations are computed by rules and every sentence is cited to the "
        "guide's exact words: pass both on as they are, and add none of your own. Where the guide says "
        "nothing, say so." + (f"\n\nThe facts that the rules know:{known}" if known else "")
    )


def _add_reading(server: MCPServer, assistant: Assistant, workers: Workers) -> None:
    replay = Replay(assistant)

    @server.tool(annotations=_READS)
    async def ask(
        message: Annotated[str, Field(description="The user's own words, unchanged.")],
        earlier: Annotated[
            list[str],
            Field(
                max_length=MOST_SAID,
                description="The user's messages before this one in the same case, oldest first.",
            ),
        ] = [],  # noqa: B006  # never changed; the protocol describes it as the default
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a message: a recommendation, the question that matters most, or the guide's own words."""
        said = [whole_characters(one) for one in (*earlier, message)]
        answer = await _told(workers, lambda: replay.reply(said, "mcp"))
        content, _ = chat_words(answer)
        structured = answer.model_dump(mode="json", by_alias=True)
        return CallToolResult(content=[TextContent(type="text", text=content)], structured_content=structured)

    @server.tool(annotations=_READS)
    async def search(
        query: Annotated[str, Field(min_length=1, max_length=20_000)],
        top: Annotated[int, Field(ge=1, le=100)] = 10,
    ) -> HitsTold:
        """Find the passages of the guide that are nearest to some words, with their places."""
        return await _told(workers, lambda: found(assistant, Looked(query=query, top=top)))


def _add_rules(server: MCPServer, assistant: Assistant, workers: Workers) -> None:
    pack = assistant.pack

    @server.tool(annotations=_READS)
    async def decide(facts: Facts) -> DecisionResult:
        """Decide from facts, by rule: the recommendation with its reasons, limits and citations."""
        return await _told(workers, lambda: decided(pack, Known(facts=facts)))

    @server.tool(annotations=_READS)
    async def next_question(facts: Facts) -> QuestionTold:
        """Tell which fact to ask for next, why it matters, and which results are still possible."""
        return await _told(workers, lambda: _question(decided(pack, Known(facts=facts))))

    @server.tool(annotations=_READS)
    async def explain(
        facts: Facts,
        why_not: Annotated[list[str], Field(description="Options whose absence is to be explained.")] = [],  # noqa: B006
        what_if: Annotated[
            dict[str, str | bool | int | float], Field(description="Facts to suppose, all together.")
        ] = {},  # noqa: B006
    ) -> ExplanationResult:
        """Explain a decision: the rules passed, why not another option, what if, what would change it."""
        return await _told(workers, lambda: _explanation(assistant, facts, why_not, what_if))


def _question(result: DecisionResult) -> QuestionTold:
    decision = result.decision
    number = decision.next.citation if decision.next else None
    return QuestionTold(
        status=decision.status,
        options=decision.options,
        possible=decision.possible,
        next=decision.next,
        citation=next((one for one in result.citations if one.n == number), None),
    )


def _explanation(
    assistant: Assistant,
    facts: dict[str, str | bool | int | float],
    why_not: list[str],
    what_if: dict[str, str | bool | int | float],
) -> ExplanationResult:
    rules = assistant.pack.rules
    if rules is None:
        raise RefusedError(422, "This pack has no rules, so there is nothing to explain.")
    for option in why_not:
        if option not in rules.options:
            hint = did_you_mean(option, rules.options)
            raise RefusedError(
                422, f"The rules know no option {option!r}{hint}; they know {', '.join(rules.options)}."
            )
    asked = Asked(why=True, why_not=tuple(why_not), what_if=checked(rules, what_if), what_changes=True)
    return explain_facts(assistant.pack, checked(rules, facts), asked)


async def _told(workers: Workers, work: Callable[[], Result]) -> Result:
    """What ``work`` returns; what it refuses, in words that the calling model reads."""
    try:
        return await workers.run(work)
    except RefusedError as error:
        wrong = "".join(f"\n{one.place}: {one.problem}" for one in error.errors)
        raise ToolError(f"{error.detail}{wrong}") from error
    except (MessageError, FactError, TooLargeError) as error:
        raise ToolError(str(error)) from error
