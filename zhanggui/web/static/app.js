// Comfort only: every page can be read and every decision made without this file.
(() => {
  "use strict";
  const drawer = () => document.getElementById("drawer");
  const body = () => document.getElementById("drawer-body");
  let current = -1;

  const cards = () => [...document.querySelectorAll("[data-card], .lines > li")].filter((c) => c.offsetParent && !c.classList.contains("many"));
  const card = () => cards()[current];

  const go = (step) => {
    const all = cards();
    if (!all.length) return;
    current = Math.min(Math.max(current + step, 0), all.length - 1);
    all.forEach((c, i) => c.classList.toggle("current", i === current));
    const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
    all[current].scrollIntoView({ block: "center", behavior: reduced ? "auto" : "smooth" });
  };

  const open = (key) => {
    const details = card() && card().querySelector(`details[data-key="${key}"]`);
    if (!details) return;
    details.open = true;
    details.querySelector("select, input:not([type=hidden])").focus();
  };

  const show = (url) => {
    htmx.ajax("GET", url, { target: "#drawer-body", select: "#evidence", swap: "innerHTML" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const evidence = card() && card().querySelector("a.evidence");
    const onControl = event.target.closest("a, button, summary");
    const does = {
      j: () => go(1), k: () => go(-1), a: () => open("a"), s: () => open("s"), x: () => open("x"),
      e: () => evidence && evidence.click(),
      Enter: () => evidence && !onControl && evidence.click(),
      "/": () => { const box = document.querySelector("input[type=search]"); if (box) box.focus(); },
      "?": () => document.getElementById("keys").showModal(),
    }[event.key];
    if (!does || (event.key === "Enter" && onControl)) return;
    event.preventDefault();
    does();
  });

  document.addEventListener("click", (event) => {
    const closes = event.target.closest("[data-close]");
    if (closes) closes.closest("dialog").close();
    else if (event.target.nodeName === "DIALOG") event.target.close();
    const link = event.target.closest("a[data-drawer]");
    if (link && window.htmx && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      show(link.href);
    }
    document.querySelectorAll("details.choice[open]").forEach((d) => { if (!d.contains(event.target)) d.open = false; });
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === body() && !drawer().open) {
      drawer().showModal();
      drawer().querySelector("div").scrollTop = 0;
    }
  });
  document.addEventListener("htmx:afterSettle", () => { if (current >= cards().length) current = cards().length - 1; });

  for (const area of document.querySelectorAll(".drop")) {
    const input = area.querySelector("input[type=file]");
    for (const name of ["dragover", "dragenter"]) area.addEventListener(name, (e) => { e.preventDefault(); area.classList.add("over"); });
    for (const name of ["dragleave", "drop"]) area.addEventListener(name, () => area.classList.remove("over"));
    area.addEventListener("drop", (e) => { e.preventDefault(); input.files = e.dataTransfer.files; });
  }
})();
