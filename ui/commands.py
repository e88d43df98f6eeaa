"""The list of commands. Each lives in a module of its own; none loads anything heavy before it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ui import (
    ask,
    batch,
    chat,
    conversation,
    decide,
    doctor,
    eval_diff,
    eval_external,
    eval_import,
    eval_new,
    eval_report,
    eval_run,
    eval_score,
    eval_simulate,
    explain,
    index,
    key,
    mcp,
    pack_check,
    pack_coverage,
    pack_diff,
    pack_drift,
    pack_explain,
    pack_export,
    pack_import,
    pack_lock,
    pack_new,
    pack_preview,
    pack_suggest,
    pack_tree,
    schema,
    search,
    serve,
    slack,
    user,
)

# No rich in the help: it would take longer to load than everything else together.
app = typer.Typer(
    name="groundrule",
    rich_markup_mode=None,
    suggest_commands=False,  # explain_failure suggests, with the same measure as for facts
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Turns a decision guide into an adviser. Recommendations are computed by rule, every sentence is "
        "cited to the guide's own words, and where the guide is silent it says so.\n\n"
        'Start with:  groundrule ask "A manager approves each order, then it goes to SAP"'
    ),
    epilog=(
        "Exit codes: 0 ok, 1 findings, 2 usage, 3 pack or configuration invalid, 4 undecided, "
        "5 an outside service failed, 130 interrupted. "
        "GROUNDRULE_PACK names the pack to use by default, GROUNDRULE_CACHE the folder for indexes, "
        "GROUNDRULE_STORE the SQLAlchemy address of the store of conversations, GROUNDRULE_KEYS the file of "
        "API keys, GROUNDRULE_USERS that of users of the page, GROUNDRULE_RUNS the folder of stored runs, "
        "GROUNDRULE_LANGUAGE the language of the page (en or de), GROUNDRULE_API_KEY the key that eval run "
        "--via http sends, GROUNDRULE_VECTORS a Chroma server or PostgreSQL with pgvector to look vectors up "
        "in, GROUNDRULE_SLACK_BOT_TOKEN, GROUNDRULE_SLACK_SIGNING_SECRET and GROUNDRULE_SLACK_APP_TOKEN what "
        "Slack shows for an app, GROUNDRULE_MODEL_URL and GROUNDRULE_MODEL an OpenAI-compatible language "
        "model, which no answer needs."
    ),
)


@app.callback()
def groundrule(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
    # Declared for --help alone: it is taken out of the arguments before they come here.
    debug: Annotated[  # noqa: ARG001
        bool, typer.Option("--debug", help="Show where in the program a failure came from.")
    ] = False,
) -> int:
    """What stands before any command."""
    if version:
        typer.echo(f"groundrule {_version()}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
    return 0


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # 20 ms that no other command should pay

    try:
        return version("groundrule")
    except PackageNotFoundError:
        return "(not installed: run make install)"


app.command()(ask.ask)
app.command()(chat.chat)
app.command()(batch.batch)
app.command()(decide.decide)
app.command()(explain.explain)
app.command()(search.search)
app.command()(index.index)
app.command()(serve.serve)
app.command()(mcp.mcp)
app.command()(schema.schema)
app.command()(doctor.doctor)

pack = typer.Typer(rich_markup_mode=None, help="Make and maintain packs.")
pack.command("new")(pack_new.pack_new)
pack.command("import")(pack_import.pack_import)
pack.command("check")(pack_check.pack_check)
pack.command("explain")(pack_explain.pack_explain)
pack.command("coverage")(pack_coverage.pack_coverage)
pack.command("lock")(pack_lock.pack_lock)
pack.command("drift")(pack_drift.pack_drift)
pack.command("diff")(pack_diff.pack_diff)
pack.command("tree")(pack_tree.pack_tree)
pack.command("preview")(pack_preview.pack_preview)
pack.command("export")(pack_export.pack_export)
pack.command("suggest")(pack_suggest.pack_suggest)
pack.command("accept")(pack_suggest.pack_accept)
app.add_typer(pack, name="pack")

evals = typer.Typer(rich_markup_mode=None, help="Ask suites of known questions, score and compare.")
evals.command("run")(eval_run.eval_run)
evals.command("check")(eval_score.eval_check)
evals.command("score")(eval_score.eval_score)
evals.command("new")(eval_new.eval_new)
evals.command("diff")(eval_diff.eval_diff)
evals.command("report")(eval_report.eval_report)
evals.command("import")(eval_import.eval_import)
evals.command("external")(eval_external.eval_external)
evals.command("simulate")(eval_simulate.eval_simulate)
app.add_typer(evals, name="eval")

conversations = typer.Typer(
    rich_markup_mode=None, help="Look at kept conversations, delete them, and back them up."
)
conversations.command("list")(conversation.list_)
conversations.command("show")(conversation.show)
conversations.command("export")(conversation.export)
conversations.command("forget")(conversation.forget)
conversations.command("backup")(conversation.backup)
app.add_typer(conversations, name="conversation")

in_slack = typer.Typer(rich_markup_mode=None, help="Answer in Slack, or play a thread without it.")
in_slack.command("serve")(slack.serve)
in_slack.command("manifest")(slack.manifest)
in_slack.command("simulate")(slack.simulate)
app.add_typer(in_slack, name="slack")

keys = typer.Typer(rich_markup_mode=None, help="Make, list and revoke the API keys of groundrule serve.")
keys.command("new")(key.new)
keys.command("list")(key.list_)
keys.command("revoke")(key.revoke)
app.add_typer(keys, name="key")

users = typer.Typer(rich_markup_mode=None, help="Add, list and remove those who may use the page.")
users.command("add")(user.add)
users.command("list")(user.list_)
users.command("remove")(user.remove)
app.add_typer(users, name="user")
