import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import type { GatewayStation, LoadStation } from "./store.ts";

/* What comes back for what is offered: so many a second, whatever became of those before. Drawn as it was measured. */

export type Point = { offered: number; perSecond: number; p50Ms: number; p99Ms: number; refused: number };

export const measureCurve = async (
  { gateway, load }: { gateway: GatewayStation; load: LoadStation },
  { offers, seconds, from }: { offers: number[]; seconds: number; from: number },
): Promise<{ points: Point[]; next: number; load: number[] }> => {
  const points: Point[] = [];
  let next = from;
  for (const perSecond of offers) {
    const told = await load.tell({ url: gateway.ready.urls.gathers, from: next, seconds, perSecond });
    next = told.next;
    const { p50Ms, p99Ms, refused } = told;
    points.push({ offered: perSecond, perSecond: told.perSecond, p50Ms, p99Ms, refused });
  }
  return { points, next, load: loadavg() };
};

const [width, height, left, top, plot] = [720, 560, 64, 48, 190];

type Scale = { most: number; at(value: number): number };
const steps = (most: number): number => {
  const unit = 10 ** Math.floor(Math.log10(most));
  return [unit / 5, unit / 2, unit, unit * 2].find((step) => most / step <= 6) ?? unit;
};
const scaleTo = (most: number, length: number): Scale => {
  const step = steps(most);
  const round = Math.ceil(most / step) * step;
  return { most: round, at: (value) => (Math.min(value, round) / round) * length };
};
const marks = ({ most }: Scale): number[] => {
  const step = steps(most);
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, nth) => nth * step);
};

type Panel = { y: number; title: string; x: Scale; of(point: Point): number; most: number; isEven?: boolean };

/** One figure against what was offered; `isEven` draws the line of all that was offered beside it. */
const panel = (points: Point[], { y, title, x, of, most, isEven }: Panel): string => {
  const scale = scaleTo(most, plot);
  const place = (offered: number, value: number) =>
    `${(left + x.at(offered)).toFixed(1)},${(y + plot - scale.at(value)).toFixed(1)}`;
  const lines = marks(scale).map((mark) => {
    const at = (y + plot - scale.at(mark)).toFixed(1);
    return `<path class="grid" d="M${left} ${at}H${width - 24}"/><text x="${left - 8}" y="${at}" dy="4" text-anchor="end">${mark.toLocaleString("en")}</text>`;
  });
  const across = marks(x).map(
    (mark) =>
      `<text x="${(left + x.at(mark)).toFixed(1)}" y="${y + plot + 20}" text-anchor="middle">${mark.toLocaleString("en")}</text>`,
  );
  const even = Math.min(x.most, scale.most);
  return [
    `<text class="title" x="${left}" y="${y - 14}">${title}</text>`,
    ...[...lines, ...across],
    isEven ? `<path class="even" d="M${place(0, 0)} L${place(even, even)}"/>` : "",
    `<polyline points="${points.map((each) => place(each.offered, of(each))).join(" ")}"/>`,
    ...points.map((each) => {
      const [cx, cy] = place(each.offered, of(each)).split(",");
      return `<circle class="${each.refused > 0 ? "refused" : ""}" cx="${cx}" cy="${cy}" r="4"/>`;
    }),
  ].join("\n");
};

const style =
  "text{font:12px system-ui,sans-serif;fill:#5d6865}.title{font-size:14px;font-weight:600;fill:#1c2321}.grid{stroke:#e2e0d9}.even{stroke:#a3aaa7;stroke-dasharray:4 4}polyline{fill:none;stroke:#0f766e;stroke-width:2}circle{fill:#0f766e}.refused{fill:#fff;stroke:#b4483a;stroke-width:2}";

/** Throughput above, the 99th percentile below, both over what was offered. */
export const drawCurve = (points: Point[], about: string): string => {
  const x = scaleTo(Math.max(...points.map(({ offered }) => offered)), width - left - 24);
  const below = top + plot + 84;
  const most = (of: (point: Point) => number) => Math.max(...points.map(of));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Registrations a second and their 99th percentile against the load offered">
<style>${style}</style>
<rect width="${width}" height="${height}" fill="#fff"/>
${panel(points, { y: top, title: "answered with 201, a second", x, of: (each) => each.perSecond, most: most((each) => each.perSecond), isEven: true })}
${panel(points, { y: below, title: "p99 of every answer, ms", x, of: (each) => each.p99Ms, most: most((each) => each.p99Ms) })}
<text x="${left}" y="${height - 12}">offered, a second. Hollow: some were refused with 503. ${about}</text>
</svg>
`;
};

export const writeCurve = (path: string, points: Point[], about: string): void =>
  writeFileSync(path, drawCurve(points, about));
