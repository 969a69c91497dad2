// Draws every [data-chart]; without this file its table says the same.
(() => {
  "use strict";
  if (!window.echarts) return;
  const zh = document.documentElement.lang.startsWith("zh");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const shown = new Map(); // box -> chart
  let printing = false;
  let land = null;

  // ---- words of axes and tooltips

  const STEPS = zh ? [[1e8, "亿"], [1e4, "万"]] : [[1e9, "B"], [1e6, "M"], [1e3, "k"]];
  const count = (value) => {
    const size = Math.abs(value);
    const step = size >= 1e4 && STEPS.find(([from]) => size >= from);
    return step ? `${Number((value / step[0]).toFixed(2))}${step[1]}` : Number(value.toFixed(4)).toLocaleString("en");
  };
  const date = (options) => new Intl.DateTimeFormat(zh ? "zh-CN" : "en-GB", options);
  const YEAR = date({ year: "numeric" });
  const MONTH = date({ month: "short" });
  const DAY = date({ month: "short", day: "numeric" });
  const day = (time) => {
    const at = new Date(time);
    return (at.getDate() > 1 ? DAY : at.getMonth() ? MONTH : YEAR).format(at);
  };

  const lines = (table, pick) => [...table.tBodies[0].rows].map((row) => pick([...row.cells].map((cell) => cell.textContent.trim())));
  const plain = (text) => text.replace(/\{/g, "{\u200b"); // a brace would open a style
  const table = (box) => box.closest(".drawing").querySelector("table");
  const FORMATS = {
    "@count": () => count,
    "@percent": () => (value) => `${Number((value * 100).toFixed(2))}%`,
    "@day": () => day,
    "@row": (box) => (found) => {
      const one = Array.isArray(found) ? found[0] : found;
      if (one.dataType === "node") return plain(one.name);
      const at = one.data && one.data.row !== undefined ? one.data.row : one.dataIndex;
      const head = [...table(box).tHead.rows[0].cells].map((cell) => cell.textContent.trim());
      const cells = lines(table(box), (texts) => texts)[at];
      return plain(cells.map((text, i) => (i ? `${head[i]}  ${text}` : text)).join("\n"));
    },
    "@column": (box) => (one) => plain([one.name, ...lines(table(box), (texts) => `${texts[0]}  ${texts[one.dataIndex + 1]}`)].join("\n")),
  };

  // ---- one look

  const filled = (value, box, token, key = "") => {
    if (Array.isArray(value)) return value.map((one) => filled(one, box, token));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, one]) => [k, filled(one, box, token, k)]));
    if (typeof value !== "string") return value;
    if (key === "formatter" && FORMATS[value]) return FORMATS[value](box);
    return /^--chart-[a-z0-9-]+$/.test(value) ? token(value) : value;
  };
  const theme = (token, font) => {
    const axis = {
      axisLine: { lineStyle: { color: token("--chart-soft") } },
      axisTick: { lineStyle: { color: token("--chart-soft") } },
      axisLabel: { color: token("--chart-soft"), fontSize: 12 },
      nameTextStyle: { color: token("--chart-soft"), fontSize: 12 },
      splitLine: { lineStyle: { color: token("--chart-line") } },
    };
    const names = { axisLabel: { color: token("--chart-ink"), fontSize: 12 } };
    const label = { color: token("--chart-ink"), fontSize: 12, textBorderWidth: 0 };
    return {
      textStyle: { fontFamily: font },
      categoryAxis: { ...axis, ...names, splitLine: { show: false } },
      valueAxis: { ...axis, axisLine: { show: false }, axisTick: { show: false } },
      timeAxis: axis,
      radar: { axisLine: axis.splitLine, splitLine: axis.splitLine },
      bar: { label },
      scatter: { label, itemStyle: { opacity: 1 } },
      sankey: { label },
    };
  };

  const draw = (box) => {
    const figure = box.closest(".drawing");
    const style = getComputedStyle(figure);
    const token = (name) => style.getPropertyValue(name).trim();
    const font = style.fontFamily;
    const option = filled(JSON.parse(box.dataset.chart), box, token);
    option.animation = !calm.matches && !printing;
    option.animationDuration = 300;
    option.aria.decal = { show: printing && !option.calendar }; // shades survive grey as they are
    option.tooltip = {
      renderMode: "richText",
      confine: true,
      backgroundColor: token("--chart-ground"),
      borderColor: token("--chart-soft"),
      borderWidth: 1,
      padding: [6, 10],
      textStyle: { color: token("--chart-ink"), fontSize: 13, lineHeight: 20, fontFamily: font },
      ...option.tooltip,
    };
    const look = theme(token, font);
    const chart = shown.get(box) || echarts.init(box, look, { renderer: "canvas", locale: zh ? "ZH" : "EN", devicePixelRatio: Math.max(2, devicePixelRatio) });
    if (shown.has(box)) chart.setTheme(look);
    chart.setOption(option, { notMerge: true });
    shown.set(box, chart);
  };

  // ---- when

  const world = (box) => {
    if (!land) land = fetch(box.dataset.land).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))).then((json) => echarts.registerMap("world", json));
    return land;
  };
  const start = (box) => {
    if (shown.has(box)) return;
    if (!box.dataset.land) { draw(box); return; }
    world(box).then(() => box.isConnected && draw(box), () => {
      land = null;
      box.closest(".drawing").classList.remove("live");
      box.closest(".drawing").querySelector("details").open = true;
    });
  };
  const near = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      start(target);
    }
  }, { rootMargin: "200px" });
  const sized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = shown.get(target);
      if (chart && !printing && target.clientWidth && (chart.getWidth() !== target.clientWidth || chart.getHeight() !== target.clientHeight)) chart.resize();
    }
  });

  const seek = (root) => {
    for (const [box, chart] of shown) {
      if (box.isConnected) continue;
      shown.delete(box);
      requestAnimationFrame(() => requestAnimationFrame(() => chart.dispose())); // not in the middle of painting
    }
    for (const box of root.querySelectorAll(".drawing:not(.live) [data-chart]")) {
      const figure = box.closest(".drawing");
      figure.classList.add("live");
      figure.querySelector("details").open = false;
      near.observe(box);
      sized.observe(box);
    }
  };
  const again = () => [...shown.keys()].forEach(draw);
  const print = (on) => () => {
    printing = on;
    document.querySelectorAll(".drawing").forEach((figure) => figure.classList.toggle("printed", on));
    document.querySelectorAll(".live [data-chart]").forEach((box) => {
      if (shown.has(box)) draw(box);
      else if (on) start(box);
    });
  };

  dark.addEventListener("change", again);
  calm.addEventListener("change", again);
  window.addEventListener("beforeprint", print(true));
  window.addEventListener("afterprint", print(false));
  document.addEventListener("htmx:load", (event) => seek(event.detail.elt.parentNode || event.detail.elt));
  seek(document);
})();
