// From an option of ECharts to SVG text: the same in a browser and in the engine inside the program, without a DOM.

import { CustomChart, MapChart, SankeyChart, TreemapChart } from "echarts/charts";
import { GeoComponent, GridComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
// @ts-expect-error: no types are published for it
import { getECData } from "echarts/lib/util/innerStore.js";
import { registerSSRDataGetter } from "zrender";
import type { Drawing } from "./picture";
import type { Theme } from "./theme";

echarts.use([CustomChart, MapChart, SankeyChart, TreemapChart, GeoComponent, GridComponent, SVGRenderer]);

/** What an element of the drawing stands for, written beside it. */
function standsFor(element: unknown): unknown {
  const data = getECData(element) as { seriesIndex?: number; dataIndex?: number; dataType?: string };
  if (data.dataIndex == null) return undefined;
  const pairs = { s: data.seriesIndex ?? 0, d: data.dataIndex, t: data.dataType ?? "-" };
  return { each: (f: (value: unknown, key: string) => void) => Object.entries(pairs).forEach(([key, value]) => f(value, key)) };
}

export function registerMap(name: string, geoJson: unknown): void {
  echarts.registerMap(name, { geoJSON: geoJson } as never);
}

/** Draws at a width, in CSS pixels. Every mark carries `data-mark`, its number in `drawing.marks`. */
export function svg(drawing: Drawing, width: number, theme: Theme): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height: drawing.height });
  // Every chart brings its own when it is made.
  registerSSRDataGetter(standsFor as never);
  chart.setOption({
    animation: false,
    backgroundColor: "transparent",
    textStyle: { fontFamily: theme.font, fontSize: 13, color: theme.ink },
    ...drawing.option,
  });
  const text = chart.renderToSVGString();
  chart.dispose();
  const index = new Map(drawing.marks.map((m, i) => [`${m.series}/${m.data}/${m.type ?? ""}`, i]));
  const known = (s: string, d: string, t: string) =>
    index.get(`${s}/${d}/${t}`) ?? index.get(`${s}/${d}/`) ?? undefined;
  return (
    text
      .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
      .replace(/ class="zr[^"]*"/g, "")
      // A strict page allows no style attribute; what stands in one may be attributes as well.
      .replace(/ style="([^"]*)"/g, (_, style: string) =>
        style
          .split(/;(?![^(]*\))/)
          .map((rule) => rule.split(/:(.*)/s))
          .filter((rule) => rule.length > 1)
          .map(([name, value]) => ` ${name!.trim()}="${value!.trim()}"`)
          .join(""),
      )
      .replace(/ ecmeta_silent="true"/g, "")
      .replace(/ ecmeta_s="(\d+)" ecmeta_d="(\d+)" ecmeta_t="([^"]*)"/g, (_, s: string, d: string, t: string) => {
        const mark = known(s, d, t);
        return mark === undefined ? "" : ` data-mark="${mark}"`;
      })
      // A text stands on a shape, and must not be in its way.
      .replace(/<text /g, '<text pointer-events="none" ')
      .replace("<svg ", `<svg data-scale="${escape(JSON.stringify(drawing.scale ?? {}))}" `)
  );
}

function escape(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
