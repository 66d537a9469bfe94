// Colours that people with any colour vision tell apart (Okabe and Ito 2008), on light and on dark ground.

export interface Theme {
  dark: boolean;
  ink: string;
  soft: string;
  line: string;
  paper: string;
  panel: string;
  font: string;
}

const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export const LIGHT: Theme = {
  dark: false,
  ink: "#1c2430",
  soft: "#5a6675",
  line: "#d9dee5",
  paper: "#ffffff",
  panel: "#eef1f4",
  font: FONT,
};

export const DARK: Theme = {
  dark: true,
  ink: "#e8ecf1",
  soft: "#a3afbd",
  line: "#36404d",
  paper: "#12171e",
  panel: "#232c37",
  font: FONT,
};

const OKABE_ITO = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442", "#8C6BB1", "#A6761D"];

/** Countries that stand in most pictures keep their colour in all of them. */
const COUNTRIES: Record<string, string> = {
  CHN: "#D55E00",
  JPN: "#0072B2",
  USA: "#56B4E9",
  KOR: "#009E73",
  AUS: "#E69F00",
  COD: "#CC79A7",
  DEU: "#F0E442",
  BRA: "#8C6BB1",
  IDN: "#A6761D",
};

export function countryColour(id: string, theme: Theme): string {
  if (id === "others" || id === "OTH" || id === "WLD") return theme.dark ? "#5d6875" : "#b9c0c8";
  const fixed = COUNTRIES[id];
  if (fixed) return fixed;
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) % 997;
  // The others are greyer, so that they are not taken for one of the above.
  return mix(OKABE_ITO[sum % OKABE_ITO.length]!, theme.dark ? "#6b7683" : "#aeb6bf", 0.55);
}

export function series(i: number): string {
  return OKABE_ITO[i % OKABE_ITO.length]!;
}

export const BAD = "#D55E00";
export const GOOD = "#009E73";
export const MAYBE = "#0072B2";

/** Black or white, whichever is read better on a colour. */
export function over(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255) as [number, number, number];
  const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) > 0.24 ? "#10151b" : "#ffffff";
}

export function mix(a: string, b: string, share: number): string {
  const part = (i: number) => {
    const [x, y] = [a, b].map((c) => parseInt(c.slice(i, i + 2), 16)) as [number, number];
    return Math.round(x + (y - x) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
