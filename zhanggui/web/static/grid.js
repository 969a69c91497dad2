// Comfort for the grid of registers: keys, blocks from Excel, undo before saving, a word about each cell as it is typed.
// Without this file the grid is a plain form that saves all the same.
(() => {
  "use strict";
  const form = document.querySelector("form.register[data-try]");
  if (!form) return;
  const says = form.dataset;
  const table = form.querySelector("table.ledger");
  const body = table.tBodies[0];
  const columns = [...table.querySelectorAll("thead th[data-col]")].map((th) => th.dataset.col);
  const seen = new Map(JSON.parse(form.elements.seen.value).map(([line, cells]) => [String(line), cells]));
  const FIELD = "input, textarea, select";
  const MOST_ROWS = 1000;
  const steps = { back: [], forth: [] };
  let mode = "move"; // move: typing replaces; type: replacing; edit: the caret moves inside the cell
  const held = new WeakMap(); // field → its value after the last step
  let anchor = null;
  let touched = false;
  let leaving = false;
  let notes = {};
  let reads = {};

  // ---- cells

  const rows = () => [...body.rows];
  const field = (row, c) => row && row.cells[c + 1] && row.cells[c + 1].querySelector(FIELD);
  const isCell = (node) => node instanceof Element && node.matches(FIELD) && Boolean(node.closest("td[data-col]"));
  const place = (f) => [rows().indexOf(f.closest("tr")), columns.indexOf(f.closest("td").dataset.col)];
  const at = (r, c) => field(body.rows[r], c);
  const before = (f) => {
    const [line, column] = f.name.split(".");
    return (seen.get(line) || {})[column] || "";
  };
  const value = (f) => (f.type === "checkbox" ? (f.checked ? "Y" : "") : f.value);
  const put = (f, text) => {
    if (f.nodeName === "SELECT" && ![...f.options].some((o) => o.value === text)) f.add(new Option(text, text));
    f.value = f.nodeName === "INPUT" ? text.replace(/\s*\n\s*/g, " ") : text;
    mark(f);
  };
  const mark = (f) => {
    const td = f.closest("td");
    td.classList.toggle("changed", value(f) !== before(f));
    td.closest("tr").classList.toggle("used", Boolean(td.closest("tr").querySelector("td.changed")));
    if (f.nodeName === "TEXTAREA") f.rows = Math.min(6, f.value.split("\n").length);
    if (f.type === "checkbox") td.closest("tr").toggleAttribute("data-removed", f.checked);
  };
  const changed = () => [...body.querySelectorAll(FIELD)].filter((f) => value(f) !== before(f));

  const grow = () => {
    const model = [...body.querySelectorAll("tr.blank")].pop();
    const row = model.cloneNode(true);
    const line = String(Math.max(...rows().map((r) => Number(r.dataset.line))) + 1);
    row.dataset.line = line;
    row.classList.remove("used");
    row.querySelectorAll("small").forEach((note) => note.remove());
    row.querySelectorAll("td").forEach((td) => td.classList.remove("changed", "range"));
    row.querySelectorAll(FIELD).forEach((f) => {
      f.name = `${line}.${f.closest("td").dataset.col}`;
      f.removeAttribute("aria-invalid");
      f.removeAttribute("aria-describedby");
      f.value = "";
    });
    body.append(row);
    return row;
  };

  // ---- steps that can be undone

  const record = (step) => {
    const real = step.filter((one) => one.from !== one.to);
    if (!real.length) return;
    steps.back.push(real);
    steps.forth = [];
    told();
  };
  const change = (pairs) => {
    const step = pairs.map(([f, to]) => ({ f, from: f.value, to }));
    step.forEach((one) => { put(one.f, one.to); one.to = one.f.value; held.set(one.f, one.to); forget(one.f); });
    record(step);
  };
  const settle = (f) => {
    if (!isCell(f) || !held.has(f) || f.value === held.get(f)) return;
    const from = held.get(f);
    held.set(f, f.value);
    record([{ f, from, to: f.value }]);
  };
  const walk = (from, to, side) => {
    const step = steps[from].pop();
    if (!step) return;
    step.forEach((one) => { put(one.f, one[side]); held.set(one.f, one[side]); forget(one.f); });
    steps[to].push(step);
    step[0].f.focus();
    mode = "move";
    if (step[0].f.select) step[0].f.select();
    told();
  };

  // ---- where we are

  const range = () => {
    const f = document.activeElement;
    if (!isCell(f)) return [];
    const [r, c] = place(f);
    const [r0, c0] = anchor && anchor.isConnected ? place(anchor) : [r, c];
    const found = [];
    for (let y = Math.min(r, r0); y <= Math.max(r, r0); y += 1) {
      const line = [];
      for (let x = Math.min(c, c0); x <= Math.max(c, c0); x += 1) line.push(at(y, x));
      found.push(line);
    }
    return found;
  };
  const paint = () => {
    body.querySelectorAll("td.range").forEach((td) => td.classList.remove("range"));
    const cells = range().flat();
    if (cells.length > 1) cells.forEach((f) => f.closest("td").classList.add("range"));
  };
  const step = (f, dr, dc, extend) => {
    const [r, c] = place(f);
    const to = at(r + dr, c + dc);
    if (!to) return;
    const from = extend ? anchor || f : null;
    to.focus();
    anchor = from;
    to.scrollIntoView({ block: "nearest", inline: "nearest" });
    paint();
  };

  body.addEventListener("pointerdown", (event) => { touched = event.pointerType === "touch"; });
  body.addEventListener("mousedown", (event) => {
    const f = event.target;
    if (!isCell(f) || event.button !== 0) return;
    if (f === document.activeElement) { mode = "edit"; return; }
    if (touched || f.nodeName === "SELECT" || f.list) return;
    event.preventDefault();
    const from = event.shiftKey && isCell(document.activeElement) ? anchor || document.activeElement : null;
    f.focus();
    anchor = from;
    paint();
  });
  body.addEventListener("focusin", (event) => {
    const f = event.target;
    if (!isCell(f)) return;
    held.set(f, f.value);
    anchor = null;
    mode = touched ? "edit" : "move";
    touched = false;
    if (mode === "move" && f.select) f.select();
    paint();
    show();
    const link = form.querySelector("a.cell");
    const old = seen.get(f.closest("tr").dataset.line);
    link.hidden = !old;
    if (old) {
      const parts = says.key.split(",").map((k) => ["key", old[k] || ""]);
      link.href = `${says.history}?${new URLSearchParams([...parts, ["column", f.closest("td").dataset.col]])}`;
    }
  });
  body.addEventListener("focusout", (event) => settle(event.target));

  // ---- keys

  const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  body.addEventListener("keydown", (event) => {
    const f = event.target;
    if (!isCell(f) || event.isComposing || event.keyCode === 229) return;
    const command = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const done = () => event.preventDefault();
    if (command && (key === "z" || key === "y")) {
      done();
      settle(f);
      if (key === "y" || event.shiftKey) walk("forth", "back", "to");
      else walk("back", "forth", "from");
    } else if (command && key === "s") {
      done();
      settle(f);
      form.requestSubmit();
    } else if (command && key === "d" && mode === "move") {
      done();
      const block = range();
      change(block.slice(1).flatMap((line) => line.map((cell, x) => [cell, block[0][x].value])));
    } else if (key === "F2") {
      done();
      mode = "edit";
      if (f.setSelectionRange) f.setSelectionRange(f.value.length, f.value.length);
    } else if (key === "Escape") {
      done();
      put(f, held.get(f));
      mode = "move";
      if (f.select) f.select();
      told();
    } else if (key === "Enter" && event.altKey && f.nodeName === "TEXTAREA") {
      done();
      f.setRangeText("\n", f.selectionStart, f.selectionEnd, "end");
      mode = "edit";
      mark(f);
    } else if (key === "Enter") {
      done();
      settle(f);
      if (!event.shiftKey && !at(place(f)[0] + 1, 0)) grow();
      step(f, event.shiftKey ? -1 : 1, 0);
    } else if ((key === "Delete" || key === "Backspace") && mode === "move") {
      done();
      change(range().flat().map((cell) => [cell, ""]));
    } else if (ARROWS[key] && !command && !event.altKey && mode !== "edit" && !(f.list && mode === "type")) {
      done();
      settle(f);
      step(f, ...ARROWS[key], event.shiftKey);
    }
  });
  body.addEventListener("input", (event) => {
    const f = event.target;
    if (isCell(f) && mode === "move") mode = "type";
    mark(f);
    forget(f);
    told();
  });

  // ---- blocks

  const parse = (text) => {
    const found = [[]];
    let rest = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (;;) {
      const quoted = /^"((?:[^"]|"")*)"(?=\t|\n|$)/.exec(rest);
      const plain = quoted ? null : /^[^\t\n]*/.exec(rest);
      found[found.length - 1].push(quoted ? quoted[1].replace(/""/g, '"') : plain[0]);
      rest = rest.slice((quoted || plain)[0].length);
      if (!rest) return found;
      if (rest[0] === "\n") found.push([]);
      rest = rest.slice(1);
    }
  };
  const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

  body.addEventListener("paste", (event) => {
    const f = event.target;
    if (!isCell(f) || mode !== "move") return;
    event.preventDefault();
    const block = parse(event.clipboardData.getData("text/plain"));
    const chosen = range();
    if (block.length > MOST_ROWS) { status(says.many); return; }
    if (block.length === 1 && block[0].length === 1) {
      change(chosen.flat().map((cell) => [cell, block[0][0]]));
      return;
    }
    const [r, c] = place(chosen[0][0]);
    while (body.rows.length < r + block.length) grow();
    const wide = block.some((line) => line.length > columns.length - c);
    change(block.flatMap((line, y) => line.slice(0, columns.length - c).map((text, x) => [at(r + y, c + x), text])));
    if (wide) status(says.wide);
  });
  body.addEventListener("copy", (event) => {
    if (!isCell(event.target) || mode !== "move") return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", range().map((line) => line.map((f) => quote(f.value)).join("\t")).join("\n"));
  });

  // ---- what is said of the cells

  const cellsOf = (fields) => Object.fromEntries(fields.map((f) => [f.name, value(f)]));
  const status = (text) => { form.querySelector(".unsaved").textContent = text; };
  const forget = (f) => {
    f.closest("td").querySelectorAll("small").forEach((note) => note.remove());
    f.removeAttribute("aria-invalid");
  };
  const say = (f, text, kind) => {
    const note = document.createElement("small");
    note.className = kind;
    note.id = `w${f.name}`;
    note.textContent = text;
    f.closest("td").append(note);
    f.setAttribute("aria-describedby", note.id);
    if (kind === "note") f.setAttribute("aria-invalid", "true");
  };
  const show = () => {
    const here = isCell(document.activeElement) ? document.activeElement.closest("tr") : null;
    body.querySelectorAll("small[data-live]").forEach((note) => forget(note.closest("td").querySelector(FIELD)));
    const tell = (name, text, kind) => {
      const f = form.elements[name];
      if (!f || (f.closest("tr") === here && f.value === "")) return; // a row in the making is not scolded for what is still to come
      forget(f);
      say(f, text, kind);
      f.closest("td").querySelector("small").dataset.live = "";
    };
    Object.entries(reads).forEach(([name, text]) => tell(name, says.reads + text, "reads"));
    Object.entries(notes).forEach(([name, texts]) => tell(name, texts.join(" · "), "note"));
    const wrong = body.querySelectorAll("[aria-invalid]").length;
    const open = changed().length;
    status(open ? says.unsaved.replace("#", open) + (wrong ? says.wrong.replace("#", wrong) : "") : "");
  };

  let waiting = 0;
  let asked = null;
  const told = () => {
    const open = changed().length;
    status(open ? says.unsaved.replace("#", open) : "");
    clearTimeout(waiting);
    waiting = setTimeout(ask, 300);
  };
  const ask = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const fields = changed();
    const lines = new Set(fields.map((f) => f.name.split(".")[0]));
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("seen", JSON.stringify([...seen].filter(([line]) => lines.has(line)).map(([line, cells]) => [Number(line), cells])));
    data.set("cells", JSON.stringify(cellsOf(fields)));
    try {
      const answer = await fetch(says.try, { method: "POST", body: data, signal: asked.signal });
      if (!answer.ok || answer.redirected) return;
      ({ notes, reads } = await answer.json());
      show();
    } catch (error) {
      if (error.name !== "AbortError") status(error.message);
    }
  };

  // ---- saving and leaving

  form.addEventListener("submit", () => {
    leaving = true;
    form.elements.cells.value = JSON.stringify(cellsOf(changed()));
    body.querySelectorAll(FIELD).forEach((f) => { f.disabled = true; });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    leaving = false;
    form.elements.cells.value = "";
    body.querySelectorAll(FIELD).forEach((f) => { f.disabled = false; });
  });
  window.addEventListener("beforeunload", (event) => { if (!leaving && changed().length) event.preventDefault(); });

  body.querySelectorAll(FIELD).forEach(mark);
  show();
})();
