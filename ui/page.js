// What the page does beyond Gradio: citations open their source, the focus survives an update, and a screen
// reader hears each answer once.
(() => {
  "use strict";

  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let remembered = null;

  /** Scrolls the box of an opened source to its first highlighted words. */
  const showMark = (entry) => {
    const box = entry.querySelector(".section");
    const mark = box?.querySelector("mark");
    if (!mark) return;
    const above = mark.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += above - Math.min(48, box.clientHeight / 4);
  };

  /** Opens the source (or finds the answer) with this id, shows it and puts the focus there. */
  const reveal = (id) => {
    const entry = document.getElementById(id);
    if (!entry) return false;
    document.querySelectorAll(".found").forEach((other) => other.classList.remove("found"));
    entry.classList.add("found");
    if (entry.matches("details")) {
      entry.open = true;
      showMark(entry);
      entry.querySelector("summary").focus({ preventScroll: true });
    } else {
      entry.setAttribute("tabindex", "-1");
      entry.focus({ preventScroll: true });
    }
    entry.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    return true;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#source-"], a[href^="#answer-"]');
    if (link && reveal(link.getAttribute("href").slice(1))) event.preventDefault();
  });

  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.source") && event.target.open) showMark(event.target);
  }, true);

  const messageBox = () => document.querySelector("#box textarea");

  /** What the server said of this session: its address, its conversation. */
  const state = () => document.getElementById("state");
  const KEPT = "groundrule.conversation";

  /** The address and this window follow the session, so that a reload or a link brings it back. */
  const keep = () => {
    const told = state()?.dataset;
    if (!told) return;
    if (document.title !== told.title) document.title = told.title; // Gradio knows one title for all packs
    if (told.conversation) sessionStorage.setItem(KEPT, told.conversation);
    else sessionStorage.removeItem(KEPT);
    const address = told.address || location.pathname + (location.search.match(/[?&]pack=[^&]*/)?.[0] ?? "").replace("&", "?");
    if (address !== location.pathname + location.search) history.replaceState(null, "", address);
  };

  /** Puts words on the clipboard, also where the page is served without TLS and the browser offers no interface. */
  const copy = async (words) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    const field = document.createElement("textarea");
    field.value = words;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("button[data-copy], button[data-link]");
    if (!button) return;
    await copy(button.dataset.copy ?? new URL(button.dataset.link, location.href).href);
    const done = button.closest(".deeds")?.querySelector(".done");
    if (done) done.textContent = state()?.dataset.copied ?? "";
  });

  // One sheet at a time, and Escape or a click beside it closes it.
  const folds = "details:is(.fold, .chooser)";
  document.addEventListener("click", (event) => {
    document.querySelectorAll(`${folds}[open]`).forEach((fold) => {
      if (!fold.contains(event.target)) fold.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const fold = event.target.closest?.(`${folds}[open]`);
    if (!fold) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });

  window.groundrule = {
    /** The conversation that this window was in. */
    kept: () => sessionStorage.getItem(KEPT) ?? "",
    /** A button that was pressed by key is about to vanish: the focus goes on to the message box. */
    refocus: (event) => { if (event.detail === 0) messageBox()?.focus({ preventScroll: true }); },
    /** The facts are about to be shown anew: remembers which one was changed. */
    remember: (fact) => { remembered = fact; },
    /** The facts were shown anew: the one that was changed gets the focus back, closed. */
    restore: (element) => {
      if (remembered === null) return;
      const fold = element.querySelector(`details.change[data-fact="${CSS.escape(remembered)}"]`);
      remembered = null;
      element.querySelectorAll("details.change[open]").forEach((open) => { open.open = false; });
      fold?.querySelector("summary").focus({ preventScroll: true });
      // On a wide page the panel scrolls by itself; on a narrow one the new answer comes into view instead.
      if (window.matchMedia("(min-width: 900px)").matches) fold?.parentElement.scrollIntoView({ block: "nearest" });
    },
  };

  // Gradio's chat announces every fragment and reads its own Markdown out as the name of each message; the
  // page announces each answer once, from its status line.
  const quieten = () => {
    document.querySelectorAll('#chat [role="log"]:not([aria-live="off"])').forEach((log) => {
      log.setAttribute("aria-live", "off");
      log.setAttribute("tabindex", "0"); // it scrolls: the keyboard must reach it
    });
    document.querySelectorAll('#chat [data-testid="user"][aria-label], #chat [data-testid="bot"][aria-label]')
      .forEach((message) => message.removeAttribute("aria-label"));
    // Gradio's label holds the box and the button, so the box would be called by both their names.
    const box = messageBox();
    if (box && !box.hasAttribute("aria-label")) {
      box.setAttribute("aria-label", box.closest("label")?.querySelector("span")?.textContent.trim() ?? "");
    }
  };

  let shown = 0;
  let begun = 0;
  /** Brings the newest turn to the top of the view: what was said, or its answer where that is too long. */
  const follow = () => {
    const rows = document.querySelectorAll("#chat .message-row");
    const now = rows.length + document.querySelectorAll("#chat .answer").length;
    const before = begun;
    begun = document.querySelector("#chat .begun")?.textContent.length ?? 0;
    if ((now > shown || begun > before) && rows.length > 1) {
      const [said, answer] = [rows[rows.length - 2], rows[rows.length - 1]];
      const target = said.clientHeight > window.innerHeight / 3 ? answer : said;
      target.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    shown = now;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const changed = () => { quieten(); follow(); keep(); };
    changed();
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
  });
})();
