// Where the plants behind the robot stand, and who makes how much of one market.

import codes from "i18n-iso-countries/codes.json";
import { feature } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { registerMap } from "../draw";
import { control, type Mark, type Picture, rect, type Scene, type Shape, shapes, words } from "../picture";
import { mix } from "../theme";

const NUMBER = new Map((codes as [string, string, string][]).map(([, alpha3, number]) => [alpha3, number]));
const ALL = "*";

/** Places that the coarse map is too coarse for, by longitude and latitude. */
const SMALL: Record<string, [number, number]> = { SGP: [103.8, 1.35], HKG: [114.2, 22.3], MLT: [14.4, 35.9], BHR: [50.6, 26.1] };

interface Feature {
  id?: string | number;
  properties: { name: string };
  geometry: { type: string; coordinates: number[][][] | number[][][][] };
}

let centres: Map<string, [number, number]> | undefined;

/** Middle of the largest piece of each country, by its number; the map is registered on the way. */
function places(): Map<string, [number, number]> {
  if (centres) return centres;
  centres = new Map();
  const land = feature(world as never, (world as never as { objects: { countries: never } }).objects.countries) as unknown as { features: Feature[] };
  // Nobody mines Antarctica, and it takes a fifth of the picture.
  land.features = land.features.filter((f) => String(f.id) !== "010");
  for (const f of land.features) {
    const id = String(f.id ?? f.properties.name);
    f.properties.name = id;
    const pieces = (f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates) as number[][][][];
    // A piece that crosses the date line goes on beyond it, rather than around the world.
    for (const ring of pieces.flat()) {
      const xs = ring.map((p) => p[0]!);
      if (Math.max(...xs) - Math.min(...xs) > 180) ring.forEach((p) => (p[0]! < 0 ? (p[0] = p[0]! + 360) : p));
    }
    const box = (ring: number[][]) => {
      const [xs, ys] = [ring.map((p) => p[0]!), ring.map((p) => p[1]!)];
      return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)] as const;
    };
    const sizes = pieces.map((p) => box(p[0]!)).map((b) => ({ b, size: (b[1] - b[0]) * (b[3] - b[2]) }));
    const { b } = sizes.reduce((a, c) => (c.size > a.size ? c : a));
    centres.set(id, [(b[0] + b[1]) / 2, (b[2] + b[3]) / 2]);
  }
  centres.set("840", [-98.5, 39.5]);
  registerMap("world", land);
  return centres;
}

function countByCountry(scene: Scene, item: string): Map<string, number[]> {
  const sites = scene.tables["expose/sites"]!;
  const found = new Map<string, number[]>();
  for (let r = 0; r < sites.length; r++) {
    if (item !== ALL && sites.id(r, "item") !== item) continue;
    const country = sites.id(r, "country");
    found.set(country, [...(found.get(country) ?? []), r]);
  }
  return found;
}

export const map: Picture = {
  name: "map",
  needs: ["expose/sites", "expose/ladder"],
  controls(scene) {
    const sites = scene.tables["expose/sites"]!;
    const items = new Map<string, string>();
    for (let r = 0; r < sites.length; r++) items.set(sites.id(r, "item"), sites.text(r, "item"));
    const options = [...items].sort((a, b) => a[1].localeCompare(b[1], scene.lang));
    return [control(scene, "item", scene.word("page-map-item"), [[ALL, scene.word("page-map-all")], ...options], "magnet_ndfeb")];
  },
  draw(scene) {
    const centre = places();
    const item = map.controls!(scene)[0]!.value;
    const sites = scene.tables["expose/sites"]!;
    const shares = scene.tables["expose/ladder"]!;
    const { theme } = scene;
    const rows = countByCountry(scene, item);
    const share = new Map<string, number>();
    for (let r = 0; r < shares.length; r++) if (shares.id(r, "item") === item) share.set(shares.id(r, "country"), r);
    const ground = theme.dark ? "#26303b" : "#e9edf1";
    const regions = [...share].flatMap(([country, r]) => {
      const number = NUMBER.get(country);
      const value = shares.value(r, "share") ?? 0;
      return number && value > 0 ? [{ name: number, itemStyle: { areaColor: mix(ground, "#D55E00", 0.15 + 0.85 * Math.min(1, value)) } }] : [];
    });
    const marks: Mark[] = [];
    const data: { value: [number, number, number]; text: string }[] = [];
    let off = 0;
    for (const [country, list] of [...rows].sort((a, b) => b[1].length - a[1].length)) {
      const place = centre.get(NUMBER.get(country) ?? "") ?? SMALL[country];
      if (!place) {
        off += list.length;
        continue;
      }
      const r = share.get(country);
      const names = list.slice(0, 6).map((s) => `${sites.label(sites.id(s, "site"))}${sites.value(s, "output") != null ? ` · ${sites.text(s, "output")}` : ""}`);
      if (list.length > 6) names.push(scene.word("page-map-more", { n: String(list.length - 6) }));
      marks.push({
        series: 0,
        data: data.length,
        key: country,
        title: `${sites.label(country)} · ${scene.word("page-map-plants", { n: String(list.length) })}`,
        lines: [...(r === undefined ? [] : [`${shares.header("share")}: ${shares.text(r, "share")}`]), ...names],
        address: r === undefined ? undefined : shares.address(r, "share"),
        value: list.length,
      });
      data.push({ value: [place[0], place[1], list.length], text: String(list.length) });
    }
    const height = Math.round(Math.max(220, scene.width * 0.47));
    // The scale of the colour.
    const key: Shape[] = [];
    if (item !== ALL) {
      for (let i = 0; i <= 10; i++) key.push(rect(8 + i * 11, height - 16, 11, 9, i ? mix(ground, "#D55E00", 0.15 + 0.085 * i) : ground));
      key.push(words("0 %", 8, height - 25, theme.soft, { fontSize: 11 }), words("100 %", 129, height - 25, theme.soft, { fontSize: 11, align: "right" }));
    }
    return {
      option: {
        geo: {
          map: "world",
          roam: false,
          left: 0,
          right: 0,
          top: 0,
          bottom: 0,
          silent: true,
          itemStyle: { areaColor: ground, borderColor: theme.paper, borderWidth: 0.7 },
          regions,
          emphasis: { disabled: true },
        },
        series: [
          {
            type: "custom",
            coordinateSystem: "geo",
            z: 3,
            data: data.map((d) => d.value),
            emphasis: { disabled: true },
            renderItem: (_: unknown, api: { value: (d: number) => number; coord: (p: number[]) => number[] }) => {
              const [x, y] = api.coord([api.value(0), api.value(1)]) as [number, number];
              const count = api.value(2);
              const r = Math.max(8, Math.min(26, 6 + Math.sqrt(count) * 3.2)) * (scene.width < 560 ? 0.75 : 1);
              return {
                type: "group",
                children: [
                  { type: "circle", shape: { cx: x, cy: y, r }, style: { fill: "#0072B2", opacity: 0.9, stroke: theme.paper, lineWidth: 1.5 } },
                  { type: "text", style: { text: String(count), x, y, fill: "#ffffff", align: "center", verticalAlign: "middle", fontSize: 11 } },
                ],
              };
            },
          },
          shapes(key, 2, true),
        ],
      },
      height,
      marks,
      alt: marks.slice(0, 5).map((m) => m.title).join("; ") + (off ? `; ${scene.word("page-map-off", { n: String(off) })}` : ""),
      scale: { kind: "word" },
    };
  },
};
