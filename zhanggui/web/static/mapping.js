// Comfort only: a value for every row, or the period, is asked for where no column of the file says it.
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
    const dates = form.querySelector(".dates");
    if (dates) dates.hidden = chosen.has("day");
    needed.parentElement.hidden = ![...needed.children].some((one) => !one.hidden);
  };
  form.addEventListener("change", place);
  place();
})();
