"""The pages that are read rather than talked to, and the records of conversations: whole documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from assistant import review_pack
from ui.page_address import Address, read_address
from ui.page_author import author_page
from ui.page_checklist import checklist
from ui.page_evals import evals_page
from ui.page_explore import explore
from ui.page_language import language_of, words_in
from ui.page_site import PageSite
from ui.page_top import Place
from ui.record_of import record_of
from ui.render_record import record_html, record_markdown

if TYPE_CHECKING:
    from assistant import Assistant
    from ui.page_words import Words
    from ui.render_record import Record

DOCUMENTS: Final = ("/explore", "/checklist", "/evals", "/author", "/record.md", "/record.html")


def document_routes(site: PageSite) -> APIRouter:
    """The routes of ``site``; each document is made anew for whoever asks."""
    router = APIRouter()

    @router.get("/explore")
    def explore_page(request: Request) -> Response:
        adviser, address, place, words = _asked(site, request)
        return _page(explore(adviser, review_pack(adviser.pack, ()), address, place, words))

    @router.get("/checklist")
    def checklist_page(request: Request) -> Response:
        return _page(checklist(*_asked(site, request)))

    @router.post("/checklist")
    async def checklist_sent(request: Request) -> Response:
        # A private pack's answers, which no address is to hold.
        sent = (await request.body()).decode("utf-8", "replace")
        adviser, address, place, words = _asked(site, request, sent)
        return _page(await to_thread.run_sync(checklist, adviser, address, place, words))

    @router.get("/evals")
    def evals(request: Request) -> Response:
        _, address, place, words = _asked(site, request)
        return _page(evals_page(site.runs, address, place, words)) if site.maintained else _closed()

    @router.get("/author")
    def author(request: Request) -> Response:
        _, _, place, words = _asked(site, request)
        return _page(author_page(site, place, words)) if site.maintained else _closed()

    @router.get("/record.md")
    def as_markdown(request: Request, conversation: str = "") -> Response:
        record = _record(site, request, conversation)
        return _page(record_markdown(record), "text/markdown") if record else _nothing()

    @router.get("/record.html")
    def as_html(request: Request, conversation: str = "") -> Response:
        record = _record(site, request, conversation)
        return _page(record_html(record)) if record else _nothing()

    return router


def _asked(site: PageSite, request: Request, sent: str = "") -> tuple[Assistant, Address, Place, Words]:
    """What a request asks about: the adviser, the state in its address, its place, and the words.

    A form that was ``sent`` holds the state in place of the address.
    """
    address = read_address(sent or request.url.query)
    adviser = site.packs.adviser(address.pack)
    place = Place(
        request.url.path, adviser.pack, site.packs.all(), address.facts, site.maintained, site.login
    )
    return adviser, address, place, words_in(language_of(request.headers, request.url.query, site.language))


def _record(site: PageSite, request: Request, conversation: str) -> Record | None:
    turns = site.desk("", request.state.owner, "").memory.turns(conversation)
    if not turns:
        return None
    return record_of(conversation, turns, site.packs.named(turns[-1].answer.pack.id))


def _page(content: str, kind: str = "text/html") -> Response:
    return Response(content, media_type=f"{kind}; charset=utf-8", headers={"cache-control": "no-store"})


def _closed() -> Response:
    return Response("There is nothing here.", 404, media_type="text/plain")


def _nothing() -> Response:
    return Response("There is no such conversation.", 404, media_type="text/plain")
