// Says when the figures can no longer be refreshed; the page itself is refreshed by htmx, and without scripts by the browser.
(() => {
  "use strict";
  const lost = () => document.querySelectorAll(".stale").forEach((note) => { note.hidden = false; });
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, lost);
})();
