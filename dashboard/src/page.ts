// The page: figures with their controls, tooltips, the panel that tells where a number comes from, language and theme.

import type { Both, Data, Lang, Table } from "./data";
import { svg } from "./draw";
import type { Drawing, Mark, Picture } from "./picture";
import { PICTURES } from "./pictures";
import { drawable, scene } from "./scene";
import { DARK, LIGHT, type Theme } from "./theme";

type Child = Node | string;

function element<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A text of which the page shows one language. */
function both([en, zh]: Both): Child[] {
  return en === zh ? [en] : [element("span", { lang: "en" }, en), element("span", { lang: "zh" }, zh)];
}

async function read(): Promise<Data> {
  const packed = Uint8Array.from(atob(document.getElementById("data")!.textContent!.trim()), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as Data;
}

// Made when the page starts: the same script runs where there is no page.
let root: HTMLElement;
let tip: HTMLElement;
let panel: HTMLElement;
let data: Data;
let light = false;
const figures: Figure[] = [];

const lang = (): Lang => (root.dataset.lang === "zh" ? "zh" : "en");
const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const theme = (): Theme => (!light && isDark() ? DARK : LIGHT);
const word = (id: string): Both => data.words[id] ?? [id, id];
const say = (id: string) => word(id)[lang() === "zh" ? 1 : 0];

function showTip(mark: Mark, x: number, y: number): void {
  tip.replaceChildren(element("b", {}, mark.title), ...mark.lines.flatMap((l) => [document.createTextNode(l), element("br")]));
  const basis = mark.address ? standing(mark.address) : undefined;
  if (basis) tip.append(element("i", {}, basis));
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(4, Math.min(innerWidth - box.width - 8, x + 14))}px`;
  tip.style.top = `${y + box.height + 24 > innerHeight ? Math.max(4, y - box.height - 12) : y + 16}px`;
}

/** The weightiest figure behind a number, its standing and its first source, in a line. */
function standing(address: string): string | undefined {
  const evidence = data.evidence;
  const number = evidence?.numbers[address];
  if (!evidence || !number) return undefined;
  // Of a run none of its figures is the weightiest.
  if (number[0] === "part-simulated") return [say(number[0]), say("page-rests-on").replace("%n%", String(rows(number[1]).length))].join(" · ");
  const figure = evidence.figures[number[2][0]?.[0] ?? rows(number[1])[0] ?? -1];
  if (!figure) return undefined;
  const source = evidence.sources[figure.sources[0] ?? ""];
  return [say(figure.standing), source ? `${source.publisher || source.title}${source.year ? ` ${source.year}` : ""}` : ""].filter(Boolean).join(" · ");
}

function rows(set: number): number[] {
  let at = 0;
  return (data.evidence?.sets[set] ?? []).map((step) => (at += step));
}

/** A picture on the page. */
class Figure {
  readonly host: HTMLElement;
  private readonly drawing = element("div", { class: "drawing" });
  private readonly choices = element("div", { class: "controls" });
  private chosen: Record<string, string> = {};
  private marks: Mark[] = [];
  private on = -1;
  private width = 0;

  constructor(readonly picture: Picture) {
    this.host = element("figure", { id: `picture-${picture.name}` });
    if (picture.wide) this.host.classList.add("wide");
    const id = `page-${picture.name}`;
    const tables = element("span");
    for (const name of [...picture.needs, ...(picture.any ?? []), ...(picture.likes ?? [])]) {
      const table = find(name);
      if (table) tables.append(" ", element("a", { href: `#table:${name}` }, ...both(table.title)));
    }
    this.host.append(
      element("h2", {}, ...both(word(id))),
      element("p", { class: "lead" }, ...both(word(`${id}-lead`))),
      this.choices,
      this.drawing,
      element("figcaption", {}, ...both(word("page-behind")), tables),
    );
    this.drawing.addEventListener("pointermove", (e) => this.hover(e));
    this.drawing.addEventListener("pointerleave", () => (tip.hidden = true));
    this.drawing.addEventListener("click", (e) => {
      const mark = this.at(e);
      // A finger hovers over nothing: what leads nowhere is told at once.
      if (mark && !mark.address && !mark.choose) showTip(mark, e.clientX, e.clientY);
      this.open(mark);
    });
    this.drawing.addEventListener("keydown", (e) => this.key(e));
    this.drawing.addEventListener("blur", () => this.mark(-1), true);
    new ResizeObserver(() => {
      if (Math.abs(this.drawing.clientWidth - this.width) > 8) this.draw();
    }).observe(this.drawing);
  }

  draw(): void {
    this.width = this.drawing.clientWidth || 640;
    const s = scene(data, lang(), theme(), Math.max(300, this.width), this.chosen);
    this.host.hidden = !drawable(this.picture, s);
    if (this.host.hidden) return;
    this.choices.replaceChildren(
      ...(this.picture.controls?.(s) ?? []).map((c) => {
        const select = element("select", { name: c.name }, ...c.options.map(([v, t]) => element("option", v === c.value ? { value: v, selected: "" } : { value: v }, t)));
        select.addEventListener("change", () => this.choose(c.name, select.value));
        return element("label", {}, `${c.label} `, select);
      }),
    );
    const drawing: Drawing | null = this.picture.draw(s);
    if (!drawing) {
      this.marks = [];
      this.drawing.replaceChildren(element("p", { class: "missing" }, s.word("page-no-data")));
      return;
    }
    const parsed = new DOMParser().parseFromString(svg(drawing, s.width, s.theme), "image/svg+xml").documentElement;
    const drawn = document.importNode(parsed, true);
    drawn.setAttribute("role", "img");
    drawn.setAttribute("tabindex", "0");
    drawn.setAttribute("aria-label", `${s.word(`page-${this.picture.name}`)}. ${drawing.alt}. ${s.word("page-keys")}`);
    this.marks = drawing.marks;
    for (const shape of drawn.querySelectorAll("[data-mark]")) {
      const mark = this.marks[Number(shape.getAttribute("data-mark"))];
      if (!mark) continue;
      shape.setAttribute("data-key", mark.key);
      if (mark.value !== undefined) shape.setAttribute("data-value", String(mark.value));
    }
    this.drawing.replaceChildren(drawn);
  }

  private choose(name: string, value: string): void {
    this.chosen = { ...this.chosen, [name]: value };
    this.draw();
    this.host.querySelector<HTMLSelectElement>(`select[name=${name}]`)?.focus();
  }

  private at(e: Event): Mark | undefined {
    const shape = (e.target as Element).closest?.("[data-mark]");
    return shape ? this.marks[Number(shape.getAttribute("data-mark"))] : undefined;
  }

  private hover(e: PointerEvent): void {
    const mark = this.at(e);
    if (mark) showTip(mark, e.clientX, e.clientY);
    else tip.hidden = true;
  }

  private open(mark: Mark | undefined): void {
    if (mark?.choose) this.choose(...mark.choose);
    else if (mark?.address) location.hash = mark.address;
  }

  /** Arrow keys go from mark to mark, Enter tells where it comes from. */
  private key(e: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (step) {
      e.preventDefault();
      this.mark((this.on + step + this.marks.length) % this.marks.length);
    } else if (e.key === "Enter" && this.on >= 0) this.open(this.marks[this.on]);
    else if (e.key === "Escape") this.mark(-1);
  }

  private mark(on: number): void {
    this.drawing.querySelectorAll(".on").forEach((s) => s.classList.remove("on"));
    this.on = on;
    tip.hidden = true;
    const shapes = this.drawing.querySelectorAll(`[data-mark="${on}"]`);
    shapes.forEach((s) => s.classList.add("on"));
    const mark = this.marks[on];
    if (!mark || !shapes[0]) return;
    const box = shapes[0].getBoundingClientRect();
    showTip(mark, box.left + Math.min(box.width, 60), box.bottom - 8);
  }
}

function find(name: string): Table | undefined {
  const [verb, table] = name.split("/");
  return data.answers.find((a) => a.verb === verb)?.tables.find((t) => t.name === table);
}

/** A table that stands behind a picture, written when it is opened. */
function behind(verb: string, table: Table): HTMLElement {
  const made = element("details", { class: "table", id: `${verb}-${table.name}` }, element("summary", {}, ...both(table.title)));
  made.addEventListener("toggle", () => {
    if (made.open && made.childElementCount === 1) made.append(written(verb, table));
  });
  return made;
}

function written(verb: string, table: Table): HTMLElement {
  const ends = new Set(table.columns.flatMap((c) => c.range ?? []));
  const columns = table.columns.filter((c) => !ends.has(c.name));
  const numeric = (kind: string) => kind === "number" || kind === "integer";
  const body = element("tbody");
  table.keys.forEach((key, row) => {
    const cells = columns.map((c, i) => {
      const cell = c.texts[row] ?? null;
      let content: Child[];
      if (cell === null) content = both(word("page-no-data"));
      else if (c.kind === "name") content = cell[0] ? both(data.labels[cell[0]] ?? [cell[0], cell[0]]) : [];
      else if (c.kind === "word") content = cell[0] ? both(word(cell[0])) : [];
      else if (c.kind === "text") content = [cell[0]];
      else content = both(cell);
      const address = `${verb}/${table.name}/${key}/${c.name}`;
      if (numeric(c.kind) && cell && data.evidence?.numbers[address]) content = [element("a", { href: `#${address}` }, ...content)];
      const look: Record<string, string> = cell === null ? { class: "missing" } : numeric(c.kind) ? { class: "n" } : i === 0 && table.indent?.[row] ? { class: `d${Math.min(8, table.indent[row]!)}` } : {};
      return i === 0 ? element("th", { scope: "row", ...look }, ...content) : element("td", look, ...content);
    });
    body.append(element("tr", {}, ...cells));
  });
  const head = element("tr", {}, ...columns.map((c) => element("th", { scope: "col", ...(numeric(c.kind) ? { class: "n" } : {}) }, ...both(c.header))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.title[lang() === "zh" ? 1 : 0] }, element("table", {}, element("thead", {}, head), body));
}

let before: HTMLElement | null = null;

function close(): void {
  if (panel.hidden) return;
  panel.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
  before?.focus();
}

/** Opens what the address after # stands for: a table, or where a number comes from. */
function follow(): void {
  const hash = decodeURIComponent(location.hash.slice(1));
  if (hash.startsWith("table:")) {
    const table = document.getElementById(hash.slice(6).replace("/", "-")) as HTMLDetailsElement | null;
    if (table) {
      table.open = true;
      table.scrollIntoView({ block: "start" });
      table.querySelector("summary")?.focus();
    }
    return;
  }
  const number = data.evidence?.numbers[hash];
  if (number) tell(hash, number);
  else close();
}

/** What a row is about: its first cell that has a name. */
function named(table: Table | undefined, row: number): Child[] {
  const texts = (table?.columns ?? []).filter((c) => c.kind === "name" || c.kind === "word").map((c) => ({ c, id: c.texts[row]?.[0] }));
  const shown = texts.filter((t) => t.id).slice(0, 2);
  // A row of a week is told by its number.
  const first = table?.columns[0];
  if (first?.name === "week") return [...both(first.header), ` ${first.texts[row]?.[0] ?? ""}`];
  return shown.flatMap(({ c, id }, i) => [...(i ? [" · "] : []), ...both((c.kind === "name" ? data.labels[id!] : data.words[id!]) ?? [id!, id!])]);
}

function tell(address: string, [part, set, weightiest]: [string, number, [number, number][]]): void {
  const evidence = data.evidence!;
  const [verb, name, ...rest] = address.split("/");
  const column = rest.pop()!;
  const table = find(`${verb}/${name}`);
  const row = table?.keys.indexOf(rest.join("/")) ?? -1;
  const cell = table?.columns.find((c) => c.name === column);
  const shut = element("button", { type: "button" }, ...both(word("page-close")));
  shut.addEventListener("click", close);
  const figure = (i: number, moves?: number): HTMLElement => {
    const f = evidence.figures[i]!;
    const item = element(
      "li",
      {},
      element("b", {}, ...both(f.name)),
      ": ",
      ...both(f.value),
      f.year ? `, ${f.year} ` : " ",
      element("span", { class: "standing" }, ...both(word(f.standing))),
    );
    if (moves !== undefined) item.append(" ", ...both(word("page-moves")), ` ±${+(moves * 100).toPrecision(2)} %`);
    if (f.note) item.append(element("br"), element("small", {}, f.note));
    for (const id of f.sources) {
      const s = evidence.sources[id];
      if (!s) continue;
      const told = [s.title, s.publisher, s.year].filter(Boolean).join(", ");
      const link = /^https?:\/\//.test(s.url) ? element("a", { href: s.url, rel: "noopener noreferrer", target: "_blank" }, told) : element("span", {}, told);
      item.append(element("br"), "↳ ", link, " ", element("small", {}, "(", ...both(word(s.tier)), `, ${id})`));
    }
    item.append(element("br"), element("code", {}, f.address));
    return item;
  };
  // What moves it by less than is ever printed moves it by nothing.
  weightiest = weightiest.filter(([, moves]) => moves >= 1e-4);
  const light = new Set(weightiest.map(([i]) => i));
  const others = rows(set).filter((i) => !light.has(i));
  const more = element("details", {}, element("summary", {}, ...both(word("page-others")), ` (${others.length})`));
  more.addEventListener("toggle", () => {
    if (more.open && more.childElementCount === 1) more.append(element("ol", {}, ...others.map((i) => figure(i))));
  });
  if (!weightiest.length) more.open = true;
  const request = data.answers.find((a) => a.verb === verb)?.request ?? {};
  const asked = ["product", "volume", "units", "stop", "mode", "to"].filter((k) => request[k]).map((k) => `--${k} ${request[k]}`);
  // Events are told by a file.
  if (request.events) asked.unshift("--file EVENTS.toml");
  panel.replaceChildren(
    shut,
    element("h2", {}, ...both(word("page-origin"))),
    element("p", {}, ...both(table?.title ?? ["", ""])),
    element("p", {}, element("b", {}, ...named(table, row)), " · ", ...(cell ? both(cell.header) : [])),
    element("p", { class: "value" }, ...(cell?.texts[row] ? both(cell.texts[row]!) : [])),
    element("p", {}, ...both(word("page-how")), " ", ...both(word(part))),
    ...(weightiest.length ? [element("h3", {}, ...both(word("page-weightiest"))), element("ol", {}, ...weightiest.map(([i, m]) => figure(i, m)))] : []),
    ...(others.length ? [more] : []),
    ...(weightiest.length || others.length ? [] : [element("p", {}, ...both(word("page-no-figure")))]),
    element("p", { class: "note" }, ...both(word("page-terminal")), element("br"), element("code", {}, `linchpin explain '${address}' ${asked.join(" ")}`)),
  );
  before = document.activeElement as HTMLElement | null;
  panel.hidden = false;
  panel.scrollTop = 0;
  panel.focus();
}

function bar(): void {
  const host = document.getElementById("bar")!;
  const button = (text: () => Child[], act: () => void) => {
    const made = element("button", { type: "button" }, ...text());
    made.addEventListener("click", () => {
      act();
      made.replaceChildren(...text());
    });
    return made;
  };
  host.append(
    button(
      () => [lang() === "zh" ? "English" : "中文"],
      () => {
        root.dataset.lang = lang() === "zh" ? "en" : "zh";
        root.lang = root.dataset.lang;
        document.title = title();
        redraw();
      },
    ),
    button(
      () => both(word(isDark() ? "page-light" : "page-dark")),
      () => {
        root.dataset.theme = isDark() ? "light" : "dark";
        redraw();
      },
    ),
  );
}

/** The page's title in the language that is shown. */
function title(): string {
  const heading = document.querySelector("h1")!;
  return (heading.querySelector(`[lang=${lang()}]`) ?? heading).textContent!;
}

function redraw(): void {
  figures.forEach((f) => f.draw());
}

export async function start(): Promise<void> {
  root = document.documentElement;
  tip = element("div", { class: "tip", hidden: "", role: "status" });
  data = await read();
  panel = element("aside", { id: "panel", hidden: "", tabindex: "-1", role: "dialog", "aria-label": say("page-origin") });
  document.body.append(tip, panel);
  bar();
  const host = document.getElementById("pictures")!;
  for (const picture of PICTURES) {
    const s = scene(data, lang(), theme(), 640, {});
    if (!drawable(picture, s)) continue;
    const figure = new Figure(picture);
    figures.push(figure);
    host.append(figure.host);
  }
  // One picture a frame, so that the first is seen at once.
  for (const figure of figures) {
    figure.draw();
    await new Promise((next) => setTimeout(next));
  }
  const tables = document.getElementById("behind")!;
  for (const answer of data.answers.slice(1)) for (const table of answer.tables) tables.append(behind(answer.verb, table));
  addEventListener("hashchange", follow);
  addEventListener("keydown", (e) => e.key === "Escape" && close());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  addEventListener("beforeprint", () => {
    light = true;
    redraw();
  });
  addEventListener("afterprint", () => {
    light = false;
    redraw();
  });
  document.body.dataset.ready = "yes";
  if (location.hash) follow();
}
