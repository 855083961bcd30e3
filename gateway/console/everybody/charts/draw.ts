import { type Picture, type Width, widths } from "./parts.ts";

/* The library draws on the server, where it needs no browser. It is loaded when the first picture is asked for. */

const load = async () => {
  const [{ init, use }, { BarChart, LineChart }, components, { SVGRenderer }, { LegacyGridContainLabel }] =
    await Promise.all([
      import("echarts/core"),
      import("echarts/charts"),
      import("echarts/components"),
      import("echarts/renderers"),
      import("echarts/features"),
    ]);
  const { AriaComponent, GridComponent, LegendComponent } = components;
  use([
    BarChart,
    LineChart,
    AriaComponent,
    GridComponent,
    LegendComponent,
    LegacyGridContainLabel,
    SVGRenderer,
  ]);
  return init;
};
let library: ReturnType<typeof load> | undefined;

/** An SVG image of its own, with a title for those who open it alone. */
export const draw = async ({ height, option }: Picture, width: Width, title: string): Promise<string> => {
  library ??= load();
  const init = await library;
  const chart = init(null, null, { renderer: "svg", ssr: true, width: widths[width], height });
  try {
    chart.setOption({ ...option, aria: { enabled: true, label: { enabled: false } } });
    const escaped = title.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    return chart.renderToSVGString().replace(/<svg [^>]*>/, (tag) => `${tag}<title>${escaped}</title>`);
  } finally {
    chart.dispose();
  }
};
