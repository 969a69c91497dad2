// Comfort only: the proposed title stands in a field from which it can be copied without this file.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      try { await navigator.clipboard.writeText(field.value); } catch { return; }
      button.textContent = button.dataset.done;
    });
  }
})();
