"""The way to Slack's Web API over slack_sdk, and what its failures mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.webhook import WebhookClient

from ui.errors import ConfigurationError, ServiceError
from ui.settings import Settings
from ui.slack_calls import Arguments, Slack, SlackBusyError, SlackRefusedError

SECONDS: Final = 10  # that one call may take
# What Slack answers when it is not well itself, and what whoever runs the app can mend while errands wait.
_PASSING: Final = frozenset(
    {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "ratelimited",
        "rate_limited",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "account_inactive",
    }
)
# These take their arguments as a form and not as JSON.
_FORMS: Final = frozenset({"conversations.replies", "chat.getPermalink"})
_APPS: Final = "api.slack.com/apps"


@dataclass(frozen=True, slots=True)
class Secrets:
    """What Slack shows for an app: the signing secret, and the tokens of its bot and of the app itself."""

    signing_secret: str
    bot_token: str
    app_token: str


def secrets_of(settings: Settings, *, socket: bool) -> Secrets:
    """The secrets that this way of listening needs.

    Raises :class:`ConfigurationError` for one that is missing or of another kind.
    """
    _must(settings.slack_bot_token, "GROUNDRULE_SLACK_BOT_TOKEN", "xoxb-", "OAuth & Permissions")
    if socket:
        _must(settings.slack_app_token, "GROUNDRULE_SLACK_APP_TOKEN", "xapp-", "App-Level Tokens")
    else:
        _must(settings.slack_signing_secret, "GROUNDRULE_SLACK_SIGNING_SECRET", "", "App Credentials")
    return Secrets(settings.slack_signing_secret, settings.slack_bot_token, settings.slack_app_token)


def open_client(secrets: Secrets, api: str) -> WebClient:
    """A client of the Web API at ``api`` ("" for the usual address), which waits as Slack tells it to."""
    address = f"{api.rstrip('/')}/" if api else WebClient.BASE_URL
    client = WebClient(secrets.bot_token, base_url=address, timeout=SECONDS)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    return client


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the token belongs to."""

    team: str
    bot_user: str
    bot: str


def identity_of(client: WebClient) -> Identity:
    """Asks Slack whose the token is.

    Raises :class:`ConfigurationError` when it is nobody's, :class:`ServiceError` when Slack is not there.
    """
    try:
        told = client.auth_test()
    except SlackApiError as error:
        problem = f"Slack refuses GROUNDRULE_SLACK_BOT_TOKEN ({_reason(error)})."
        raise ConfigurationError(problem, f"copy the bot token anew from {_APPS}") from error
    except (OSError, HTTPException) as error:
        problem = f"Slack cannot be reached ({error})."
        raise ServiceError(problem, "see that this machine may connect to slack.com") from error
    return Identity(str(told["team_id"]), str(told["user_id"]), str(told.get("bot_id") or ""))


def slack_of(client: WebClient, bot: str) -> Slack:
    """The ways out to Slack over ``client``."""

    def call(method: str, arguments: Arguments) -> Arguments:
        form = method in _FORMS
        try:
            if form:
                answer = client.api_call(method, params=_form(arguments))
            else:
                answer = client.api_call(method, json=dict(arguments))
        except SlackApiError as error:
            raise _failure(method, error) from error
        except (OSError, HTTPException) as error:
            raise SlackBusyError(f"{method}: Slack cannot be reached ({error}).") from error
        return answer.data if isinstance(answer.data, Mapping) else {}

    def respond(address: str, message: Arguments) -> None:
        webhook = WebhookClient(address, timeout=SECONDS)
        webhook.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
        try:
            answer = webhook.send_dict(dict(message))
        except (OSError, HTTPException) as error:
            raise SlackBusyError(f"Slack cannot be reached ({error}).") from error
        if answer.status_code == 429 or answer.status_code >= 500:
            raise SlackBusyError(f"Slack answers {answer.status_code}.", _after(answer.headers))
        if answer.status_code != 200:
            raise SlackRefusedError("response", answer.body[:100])

    return Slack(call, respond, bot)


def _failure(method: str, error: SlackApiError) -> SlackBusyError | SlackRefusedError:
    status, reason = error.response.status_code, _reason(error)
    if status == 429 or status >= 500 or reason in _PASSING:
        after = _after(error.response.headers) if status == 429 else 0
        return SlackBusyError(f"{method}: Slack answers {status} ({reason}).", after)
    return SlackRefusedError(method, reason)


def _reason(error: SlackApiError) -> str:
    data = error.response.data
    return str(data.get("error", "")) if isinstance(data, Mapping) else ""


def _after(headers: Mapping[str, object]) -> float:
    """The seconds of a Retry-After header; slack_sdk gives it alone or as a list."""
    value = next((value for name, value in headers.items() if name.lower() == "retry-after"), None)
    told = str(value[0] if isinstance(value, list) and value else value)
    return min(600.0, max(1.0, float(told))) if told.isdigit() else 0.0


def _form(arguments: Arguments) -> dict[str, str]:
    return {
        name: ("true" if value else "false") if isinstance(value, bool) else str(value)
        for name, value in arguments.items()
    }


def _must(value: str, variable: str, prefix: str, where: str) -> None:
    if not value:
        raise ConfigurationError(f"{variable} is not set.", f'copy it from {_APPS}, "{where}"')
    if not value.startswith(prefix):
        problem = f"{variable} holds no such token: it must begin with {prefix}."
        raise ConfigurationError(problem, f'copy it from {_APPS}, "{where}"')
