"use strict";
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const SEVERITIES = ["critical", "high", "medium", "low"];
  const BATCH = 40;
  const byId = (id) => document.getElementById(id);

  // Everything of outside origin goes through text nodes, with what cannot be seen made visible.
  const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\n/g;
  const visible = (text) => String(text).replace(HIDDEN, (c) =>
    c === "\n" ? "\\n" : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  const el = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    for (const child of children) {
      if (child !== null && child !== undefined && child !== "")
        node.append(child instanceof Node ? child : visible(child));
    }
    return node;
  };
  const svg = (tag, attributes = {}, ...children) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    for (const child of children) node.append(child);
    return node;
  };
  const number = (n) => n.toLocaleString("en");
  const plural = (n, noun) => `${number(n)} ${noun}${n === 1 ? "" : "s"}`;
  const bytes = (n) => {
    if (n < 1000) return `${n} B`;
    const units = ["kB", "MB", "GB", "TB", "PB"];
    let unit = -1;
    do { n /= 1000; ++unit; } while (n >= 999.95 && unit + 1 < units.length);
    return `${n.toFixed(1)} ${units[unit]}`;
  };
  const whereFound = (f) => {
    let where = f.path || f.origin.replace("-", " ") + (f.object ? " " + f.object.slice(0, 12) : "");
    if (f.line > 0) where += ":" + f.line + (f.column > 0 ? ":" + f.column : "");
    return f.repository ? `${f.repository}: ${where}` : where;
  };

  const findings = report.findings.map((f, index) => ({
    ...f, index, rank: SEVERITIES.indexOf(f.severity), where: whereFound(f), time: f.date ? Date.parse(f.date) : NaN,
    haystack: [f.repository, f.rule, f.title, f.message, f.path, ...f.paths, f.author, f.commit, f.object, f.fingerprint,
      f.excerpt, f.remedy, f.origin].join("\n").toLowerCase(),
  }));
  const suppressedCount = findings.filter((f) => f.suppressed).length;
  const fresh = () => ({ severities: new Set(), text: "", path: "", rule: "", author: "", sort: "severity", suppressed: false, bin: null });
  let state = fresh();
  let shown = [];
  let drawn = 0;
  let bins = [];

  // Head
  function drawNumbers() {
    const scope = report.scope;
    const tile = (value, name, tone = "") => el("div", { class: "number " + tone }, el("b", {}, value), el("span", {}, name));
    const active = findings.length - suppressedCount;
    const unit = (count, noun) => count > 0 ? [tile(number(count), noun + (count === 1 ? "" : "s"))] : [];
    const seconds = scope.seconds || 0;
    byId("numbers").append(
      tile(number(active), active === 1 ? "finding" : "findings", active ? "bad" : ""),
      tile(number(suppressedCount), "suppressed"),
      tile(number(report.problems.length), report.problems.length === 1 ? "problem" : "problems", report.problems.length ? "warn" : ""),
      ...unit(scope.commits, "commit"), ...unit(scope.blobs, "blob"), ...unit(scope.files, "file"), ...unit(scope.messages, "message"),
      tile(bytes(scope.bytes), "read"), tile(seconds < 100 ? seconds.toFixed(seconds < 10 ? 2 : 1) + " s" : Math.round(seconds / 60) + " min", "taken"));
    byId("scope").textContent = visible([scope.kind, scope.description].filter(Boolean).join(": "));
  }
  function drawProblems() {
    if (!report.problems.length) return;
    const items = report.problems.map((p) => el("li", {}, p.where ? el("code", {}, p.where) : "", p.where ? " " : "", p.what,
      p.remedy ? el("div", { class: "quiet" }, p.remedy) : ""));
    byId("problems").append(el("h2", {}, "Could not be decided"), el("ul", {}, ...items));
    byId("problems").hidden = false;
  }
  function drawAsides() {
    const part = (title, items) => items.length ? [el("h2", {}, title), el("ul", {}, ...items)] : [];
    const skipped = report.scope.skipped.slice(0, 500).map((s) => el("li", {}, el("code", {}, s.what), " ", s.reason));
    if (report.scope.skipped.length > 500) skipped.push(el("li", {}, plural(report.scope.skipped.length - 500, "more")));
    const notes = report.notes.slice(0, 500).map((n) => el("li", {}, n));
    byId("asides").append(...part("Notes", notes), ...part("Not looked at", skipped));
    byId("asides").hidden = !notes.length && !skipped.length;
  }

  // Time line: at most 48 bins of days, weeks, months, quarters or years
  const DAY = 86400e3;
  function makeBins(items) {
    const times = items.map((f) => f.time);
    const low = times.reduce((a, b) => Math.min(a, b), Infinity);
    const high = times.reduce((a, b) => Math.max(a, b), -Infinity);
    const span = high - low;
    const months = span / (30.4 * DAY);
    const starts = [];
    if (months <= 12) {
      const step = span <= 46 * DAY ? DAY : 7 * DAY;
      let at = Math.floor(low / DAY) * DAY;
      for (; at <= high; at += step) starts.push(at);
      starts.push(at);
    } else {
      const step = months <= 46 ? 1 : months <= 138 ? 3 : Math.max(12, 12 * Math.ceil(months / 12 / 46));
      const first = new Date(low);
      let month = Math.floor(first.getUTCMonth() / step) * step;
      let at = Date.UTC(first.getUTCFullYear(), month);
      for (; at <= high; at = Date.UTC(first.getUTCFullYear(), month += step)) starts.push(at);
      starts.push(at);
    }
    const made = starts.slice(0, -1).map((from, i) => ({ from, to: starts[i + 1], counts: {}, total: 0 }));
    for (const f of items) {
      let a = 0, b = made.length - 1;
      while (a < b) { const mid = (a + b + 1) >> 1; if (made[mid].from <= f.time) a = mid; else b = mid - 1; }
      made[a].counts[f.severity] = (made[a].counts[f.severity] || 0) + 1;
      ++made[a].total;
    }
    return made;
  }
  const dayOf = (time) => new Date(time).toISOString().slice(0, 10);
  const binName = (bin) => bin.to - bin.from <= DAY ? dayOf(bin.from) : `${dayOf(bin.from)} to ${dayOf(bin.to - DAY)}`;
  function drawTimeline() {
    const dated = findings.filter((f) => !f.suppressed && !Number.isNaN(f.time));
    if (!dated.length) { byId("timeline").parentNode.remove(); return; }
    bins = makeBins(dated);
    const W = 640, H = 226, BASE = 194, TALL = BASE - 16;
    const most = bins.reduce((m, b) => Math.max(m, b.total), 1);
    const step = (W - 34) / bins.length;
    const picture = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "group", "aria-label": "Findings by the date of the commit that brought them" });
    for (const share of [0, .5, 1]) {
      const y = BASE - share * TALL;
      const label = Math.round(most * share);
      if (share === .5 && (most < 4 || most % 2)) continue;
      picture.append(svg("line", { x1: 28, x2: W, y1: y, y2: y }), svg("text", { x: 22, y: y + 4, "text-anchor": "end" }, number(label)));
    }
    bins.forEach((bin, i) => {
      const x = 31 + i * step;
      const group = svg("g", { class: "bin", "data-bin": i });
      if (bin.total) for (const [k, v] of Object.entries({ tabindex: 0, role: "button", "aria-pressed": "false", "aria-label": `${binName(bin)}: ${plural(bin.total, "finding")}` })) group.setAttribute(k, v);
      group.append(svg("title", {}, `${binName(bin)}: ${plural(bin.total, "finding")}`), svg("rect", { class: "hit", x, y: 8, width: step, height: BASE - 8, rx: 3 }));
      let y = BASE;
      for (const severity of [...SEVERITIES].reverse()) {
        const height = TALL * (bin.counts[severity] || 0) / most;
        y -= height;
        const width = Math.min(Math.max(1.5, step - 3), 34);
        if (height) group.append(svg("rect", { class: "fill-" + severity, x: x + (step - width) / 2, y, width, height: Math.max(height - 1, 1), rx: 1.5 }));
      }
      picture.append(group);
    });
    const label = (i, anchor) => picture.append(svg("text", { x: 31 + (i + (anchor === "end" ? 1 : anchor === "middle" ? .5 : 0)) * step, y: H - 8, "text-anchor": anchor }, dayOf(bins[i].from)));
    label(0, bins.length === 1 ? "middle" : "start");
    if (bins.length > 4) label(bins.length >> 1, "middle");
    if (bins.length > 1) label(bins.length - 1, "end");
    const pick = (event) => {
      const group = event.target.closest(".bin");
      if (!group || !bins[group.dataset.bin].total) return;
      state.bin = state.bin === +group.dataset.bin ? null : +group.dataset.bin;
      update();
    };
    picture.addEventListener("click", pick);
    picture.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(event); } });
    byId("timeline").append(picture, el("div", { class: "legend" }, ...SEVERITIES.filter((s) => dated.some((f) => f.severity === s))
      .map((s) => el("span", { class: "tone-" + s }, s))));
  }
  function countBy(items, key) {
    const counts = new Map();
    for (const item of items) if (item[key]) counts.set(item[key], (counts.get(item[key]) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }
  function drawRules() {
    const active = findings.filter((f) => !f.suppressed);
    const rules = countBy(active, "rule");
    const worst = new Map();
    for (const f of active) worst.set(f.rule, Math.min(f.rank, worst.has(f.rule) ? worst.get(f.rule) : 9));
    for (const [rule, n] of rules.slice(0, 8)) {
      const fill = el("i", { class: "tone-" + SEVERITIES[worst.get(rule)] });
      fill.style.width = Math.max(4, 100 * n / rules[0][1]) + "%";
      const bar = el("button", { type: "button", class: "bar", "data-rule": rule, "aria-pressed": "false", title: visible(rule) },
        el("span", { class: "name" }, rule), el("span", { class: "track" }, fill), el("span", { class: "n" }, number(n)));
      bar.addEventListener("click", () => { state.rule = state.rule === rule ? "" : rule; update(); });
      byId("byrule").append(bar);
    }
    if (rules.length > 8) byId("byrule").append(el("p", { class: "quiet rest" }, plural(rules.length - 8, "more rule")));
    byId("charts").hidden = rules.length < 2 && !byId("timeline");
  }

  // Filters
  function drawFilters() {
    byId("filters").hidden = findings.length === 0;
    for (const severity of SEVERITIES) {
      if (!findings.some((f) => f.severity === severity)) continue;
      const chip = el("button", { type: "button", class: "chip tone-" + severity, "data-severity": severity, "aria-pressed": "false" }, severity);
      chip.addEventListener("click", () => {
        if (!state.severities.delete(severity)) state.severities.add(severity);
        update();
      });
      byId("severities").append(chip);
    }
    const fill = (id, all, key) => {
      byId(id).append(el("option", { value: "" }, all));
      for (const [name, n] of countBy(findings, key)) {
        const option = el("option", {}, `${name} (${n})`);
        option.value = name;
        byId(id).append(option);
      }
    };
    fill("rule", "All rules", "rule");
    fill("author", "All authors", "author");
    byId("author").hidden = byId("author").options.length < 2;
    byId("suppressed-label").textContent = `Suppressed (${suppressedCount})`;
    byId("suppressed").parentNode.hidden = suppressedCount === 0;
    for (const id of ["text", "path", "rule", "author", "sort"])
      byId(id).addEventListener("input", () => { state[id] = byId(id).value; update(); });
    byId("suppressed").addEventListener("change", () => { state.suppressed = byId("suppressed").checked; update(); });
    byId("reset").addEventListener("click", reset);
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
  }
  function reset() { state = fresh(); update(); }
  function matches(f, words, path) {
    if (f.suppressed && !state.suppressed) return false;
    if (state.severities.size && !state.severities.has(f.severity)) return false;
    if (state.rule && f.rule !== state.rule) return false;
    if (state.author && f.author !== state.author) return false;
    if (state.bin !== null && !(f.time >= bins[state.bin].from && f.time < bins[state.bin].to)) return false;
    if (path && ![f.path, ...f.paths].some((p) => p.toLowerCase().includes(path))) return false;
    return words.every((word) => f.haystack.includes(word));
  }
  const orders = {
    severity: (a, b) => a.rank - b.rank || a.index - b.index,
    newest: (a, b) => (b.time || -Infinity) - (a.time || -Infinity) || a.index - b.index,
    oldest: (a, b) => (a.time || Infinity) - (b.time || Infinity) || a.index - b.index,
    path: (a, b) => (a.where < b.where ? -1 : a.where > b.where ? 1 : a.index - b.index),
  };
  function update() {
    const words = state.text.toLowerCase().split(/\s+/).filter(Boolean);
    const path = state.path.toLowerCase();
    shown = findings.filter((f) => matches(f, words, path)).sort(orders[state.sort]);
    for (const id of ["text", "path", "rule", "author", "sort"]) if (byId(id).value !== state[id]) byId(id).value = state[id];
    byId("suppressed").checked = state.suppressed;
    for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", state.severities.has(chip.dataset.severity));
    for (const bar of document.querySelectorAll(".bar")) bar.setAttribute("aria-pressed", state.rule === bar.dataset.rule);
    for (const bin of document.querySelectorAll("#timeline .bin[role]")) {
      bin.classList.toggle("on", state.bin === +bin.dataset.bin);
      bin.setAttribute("aria-pressed", state.bin === +bin.dataset.bin);
    }
    const total = state.suppressed ? findings.length : findings.length - suppressedCount;
    byId("count").textContent = `${number(shown.length)} of ${number(total)}`;
    drawn = 0;
    byId("list").replaceChildren();
    if (!shown.length) byId("list").append(emptyNote());
    else drawMore();
  }
  function emptyNote() {
    const none = findings.length === suppressedCount && !state.suppressed;
    const looked = report.problems.length || report.exit_code === 2 ? "But not everything could be looked at: see above." : "Everything named above was looked at.";
    return el("div", { class: "panel empty" }, el("b", {}, none ? "No findings" : "Nothing matches"), none ? looked : "Press Esc to reset the filters.");
  }

  // Cards
  const prose = (text) => text.split("`").map((part, i, all) => i % 2 && i < all.length - 1 ? el("code", {}, part) : part && i % 2 ? "`" + part : part);
  function marked(text, f) {
    const match = /\[secret, \d+ characters\]/.exec(text);
    if (match) return [text.slice(0, match.index), el("mark", {}, match[0]), text.slice(match.index + match[0].length)];
    const points = Array.from(text);
    const from = f.column - 1;
    if (f.column < 1 || from >= points.length) return [text];
    // A related place has no end: its word is marked.
    const word = /^("[^"]*"|'[^']*'|[^\s,;#]+)/.exec(points.slice(from).join(""));
    const to = f.end_line === f.line && f.end_column > f.column ? f.end_column - 1 : from + (f.end_line || !word ? 1 : Array.from(word[0]).length);
    return [points.slice(0, from).join(""), el("mark", {}, points.slice(from, to).join("")), points.slice(to).join("")];
  }
  function source(line, text, place, label) {
    return el("div", { class: "source", tabindex: 0, role: "group", "aria-label": "Source line" },
      label ? el("div", { class: "where" }, label) : "",
      el("div", { class: "row" }, el("span", { class: "no" }, line || ""), el("span", { class: "text" }, ...marked(text, place))));
  }
  function link(url) {
    if (!/^https?:\/\/[^\s<>"'`\\]+$/.test(url)) return visible(url);
    return el("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, "Reference");
  }
  function stillAt(present) {
    if (!present) return "";
    if (present.count === 0) return "no branch and no tag: in history only";
    const names = present.refs.slice(0, 5).map((ref) => visible(ref.replace(/^refs\/(heads|remotes|tags)\//, "")));
    return names.join(", ") + (names.length < present.count ? ` and ${number(present.count - names.length)} more` : "");
  }
  function meta(f) {
    const item = (name, value, kind = "") => value ? [el("div", {}, el("dt", {}, name), el("dd", { class: kind }, value))] : [];
    return el("dl", { class: "meta" }, ...item("since", f.commit && f.commit.slice(0, 12), "mono"), ...item("by", f.author),
      ...item("on", f.date && f.date.slice(0, 16).replace("T", " ")), ...item("still at", stillAt(f.present_at)), ...item("confidence", f.confidence), ...item("fingerprint", f.fingerprint, "mono finger"));
  }
  function card(f) {
    const node = el("article", { class: `card tone-${f.severity}${f.suppressed ? " suppressed" : ""}`, tabindex: 0 },
      el("header", {}, el("span", { class: "badge" }, f.severity), f.suppressed ? el("span", { class: "badge off" }, `allowed by ${f.suppressed.by}`) : "",
        el("h3", {}, f.title || f.rule), el("span", { class: "rule" }, f.rule)),
      el("div", { class: "place" }, f.where), el("p", { class: "message" }, ...prose(f.message)));
    if (f.excerpt) node.append(source(f.line, f.excerpt, f));
    for (const r of f.related) node.append(source(r.line, r.excerpt, r, `${r.path}${r.line ? ":" + r.line + ":" + r.column : ""}  ${r.message}`));
    if (f.suppressed && f.suppressed.reason) node.append(el("p", { class: "quiet" }, `Reason: ${f.suppressed.reason}`));
    if (f.remedy || f.reference) node.append(el("p", { class: "remedy" }, el("b", {}, "What to do: "), ...prose(f.remedy), " ", f.reference ? link(f.reference) : ""));
    node.append(meta(f));
    const others = f.paths.filter((p) => p !== f.path);
    if (others.length) node.append(el("details", { class: "paths" }, el("summary", {}, `Also at ${plural(others.length, "other path")}`), el("ul", {}, ...others.slice(0, 200).map((p) => el("li", { class: "mono" }, p)))));
    return node;
  }
  function drawMore(count = BATCH) {
    const next = shown.slice(drawn, drawn + count);
    byId("list").append(...next.map(card));
    drawn += next.length;
  }
  function startScrolling() {
    new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting) && drawn < shown.length) drawMore();
    }, { rootMargin: "1200px" }).observe(byId("more"));
    addEventListener("scroll", () => {
      if (drawn < shown.length && byId("more").getBoundingClientRect().top < innerHeight + 1200) drawMore();
    }, { passive: true });
    addEventListener("beforeprint", () => drawMore(shown.length));
  }

  // Keys and theme
  function move(by) {
    const cards = [...document.querySelectorAll(".card")];
    const at = cards.indexOf(document.activeElement && document.activeElement.closest(".card"));
    if (at + by >= cards.length - 2 && drawn < shown.length) drawMore();
    const next = document.querySelectorAll(".card")[Math.max(0, at + by)];
    if (next) { next.focus({ preventScroll: true }); next.scrollIntoView({ block: "nearest" }); }
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { reset(); document.activeElement.blur(); return; }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const actions = {
      "/": () => byId("text").focus(), j: () => move(1), k: () => move(-1),
      s: () => { state.suppressed = !state.suppressed; update(); },
    };
    if (actions[event.key]) { event.preventDefault(); actions[event.key](); }
  });
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const setTheme = (name) => document.documentElement.setAttribute("data-theme", name);
  setTheme(dark.matches ? "dark" : "light");
  dark.addEventListener("change", () => setTheme(dark.matches ? "dark" : "light"));
  byId("theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  byId("print").addEventListener("click", () => print());

  drawNumbers();
  drawProblems();
  drawTimeline();
  drawRules();
  drawFilters();
  drawAsides();
  update();
  startScrolling();
})();
