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

  window.groundrule = {
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
  /** Brings the newest turn to the top of the view: what was said, or its answer where that is too long. */
  const follow = () => {
    const rows = document.querySelectorAll("#chat .message-row");
    const now = rows.length + document.querySelectorAll("#chat .answer").length;
    if (now > shown && rows.length > 1) {
      const [said, answer] = [rows[rows.length - 2], rows[rows.length - 1]];
      const target = said.clientHeight > window.innerHeight / 3 ? answer : said;
      target.scrollIntoView({ block: "start", behavior: calm.matches ? "auto" : "smooth" });
    }
    shown = now;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const changed = () => { quieten(); follow(); };
    changed();
    new MutationObserver(changed).observe(document.body, { childList: true, subtree: true });
  });
})();
