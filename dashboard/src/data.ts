// The data of a page, as crates/linchpin-render/src/html/data.rs writes it.

/** A text in English and Chinese. */
export type Both = [string, string];

export interface Column {
  name: string;
  kind: "name" | "word" | "text" | "number" | "integer";
  header: Both;
  range?: [string, string];
  values?: (number | null)[];
  texts: (Both | null)[];
}

export interface Table {
  name: string;
  title: Both;
  keys: string[];
  columns: Column[];
  indent?: number[];
}

export interface Answer {
  verb: string;
  request: Record<string, string>;
  /** Trials that it rests on, if it rests on trials. */
  trials?: number;
  /** What it says above its tables; what is named there is in the labels. */
  headlines: Both[];
  tables: Table[];
}

export interface Figure {
  address: string;
  name: Both;
  value: Both;
  standing: string;
  year: string;
  sources: string[];
  note: string;
}

export interface Source {
  title: string;
  publisher: string;
  year: string;
  tier: string;
  url: string;
}

export interface Evidence {
  figures: Figure[];
  sources: Record<string, Source>;
  sets: number[][];
  numbers: Record<string, [part: string, set: number, weightiest: [figure: number, moves: number][]]>;
}

export interface Data {
  answers: Answer[];
  labels: Record<string, Both>;
  words: Record<string, Both>;
  evidence: Evidence | null;
}

export type Lang = "en" | "zh";

/** A table with ways to read its cells in a language. */
export class View {
  private readonly columns: Map<string, Column>;
  private readonly rows: Map<string, number>;

  constructor(
    readonly answer: Answer,
    readonly table: Table,
    private readonly data: Data,
    readonly lang: Lang,
  ) {
    this.columns = new Map(table.columns.map((c) => [c.name, c]));
    this.rows = new Map(table.keys.map((k, i) => [k, i]));
  }

  get length(): number {
    return this.table.keys.length;
  }

  has(column: string): boolean {
    return this.columns.has(column);
  }

  row(key: string): number | undefined {
    return this.rows.get(key);
  }

  /** The number in a cell; null for no data. */
  value(row: number, column: string): number | null {
    return this.columns.get(column)?.values?.[row] ?? null;
  }

  /** The id in a cell. */
  id(row: number, column: string): string {
    return this.columns.get(column)?.texts[row]?.[0] ?? "";
  }

  /** What a reader sees in a cell: a number with its range and unit, a name, a word. */
  text(row: number, column: string): string {
    const c = this.columns.get(column);
    const cell = c?.texts[row];
    if (!c || !cell) return this.word("page-no-data");
    if (c.kind === "number" || c.kind === "integer") return this.pick(cell) + unitOf(this.pick(c.header));
    if (c.kind === "name") return this.label(cell[0]);
    if (c.kind === "word") return this.word(cell[0]);
    return cell[0];
  }

  header(column: string): string {
    return this.pick(this.columns.get(column)?.header ?? ["", ""]);
  }

  title(): string {
    return this.pick(this.table.title);
  }

  label(id: string): string {
    const label = this.data.labels[id];
    return label ? this.pick(label) : id;
  }

  word(id: string): string {
    const word = this.data.words[id];
    return word ? this.pick(word) : id;
  }

  address(row: number, column: string): string {
    return `${this.answer.verb}/${this.table.name}/${this.table.keys[row]}/${column}`;
  }

  private pick(both: Both): string {
    return this.lang === "zh" ? both[1] : both[0];
  }
}

/** A unit that stands once in the header of a column, for a cell that stands alone: "Mass (kg)". An end of a range is none: "平均（低）". */
function unitOf(header: string): string {
  const unit = /[(（]((?![低高][)）])[^()（）]+)[)）]$/.exec(header)?.[1];
  return unit ? ` ${unit}` : "";
}
