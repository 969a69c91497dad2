// Comfort only: a value for every row is asked for where the column is not in the file, and only there.
(() => {
  "use strict";
  const form = document.querySelector("form.map");
  if (!form) return;
  const needed = document.getElementById("needed");
  const place = () => {
    const chosen = new Set([...form.querySelectorAll("select[name^='to-']")].map((s) => s.value));
    for (const one of form.querySelectorAll("[data-fixed]")) {
      one.hidden = chosen.has(one.dataset.fixed);
      if (!one.hidden && "required" in one.dataset) needed.append(one);
    }
    needed.parentElement.hidden = ![...needed.children].some((one) => !one.hidden);
  };
  form.addEventListener("change", place);
  place();
})();
