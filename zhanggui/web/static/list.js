// Comfort of lists only: how many rows are ticked, and all of a page at once. Everything works without this file.
(() => {
  "use strict";
  const form = document.getElementById("pick");
  if (!form) return;
  const told = form.querySelector("[data-ticked]");
  const empty = told.textContent;
  const all = form.querySelector("[name=all]");
  const boxes = () => [...document.querySelectorAll("input.tick")];
  const tell = () => {
    const n = boxes().filter((b) => b.checked).length;
    told.hidden = all.checked;
    told.textContent = n ? told.dataset.one.replace("#", n) : empty;
  };
  let last = null;
  document.addEventListener("click", (event) => {
    const box = event.target.closest("input.tick");
    if (!box) return;
    if (event.shiftKey && last) {
      const list = boxes();
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      list.slice(from, to + 1).forEach((b) => { b.checked = box.checked; });
    }
    last = box;
  });
  document.addEventListener("change", (event) => { if (event.target.closest("input.tick, #pick [name=all]")) tell(); });
  tell();
})();
