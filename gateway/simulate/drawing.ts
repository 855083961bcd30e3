/** A strategy, or the engine with another patience: doses used of the oracle's, by messages for each dose. */
type Dot = { messagesPerDose: number; ofOracle: number };
export type Panel = {
  name: string;
  engine: Dot;
  /** The engine with every other patience tried, the fewest messages first. */
  tried: readonly Dot[];
  others: readonly (Dot & { name: string })[];
};

const size = { width: 340, height: 220, left: 44, right: 14, top: 30, bottom: 34 };
const columns = 3;
const messages = [1, 2, 5, 10, 20, 50, 100, 200];
const shares = [0, 0.25, 0.5, 0.75, 1];

/** Messages on a logarithmic scale, 0.7 to 250; more or fewer stand at the edge. */
const x = (count: number): number => {
  const [least, most] = [Math.log(0.7), Math.log(250)];
  const at = (Math.log(Math.min(250, Math.max(0.7, count))) - least) / (most - least);
  return size.left + at * (size.width - size.left - size.right);
};
const y = (share: number): number =>
  size.height - size.bottom - Math.min(1.02, share) * (size.height - size.top - size.bottom);

const text = (at: { x: number; y: number }, words: string, rest = "") =>
  `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" ${rest}>${words}</text>`;

const axes = (): string[] => [
  ...shares.map(
    (share) =>
      `<line x1="${size.left}" x2="${size.width - size.right}" y1="${y(share).toFixed(1)}" y2="${y(share).toFixed(1)}" class="grid"/>` +
      text({ x: size.left - 6, y: y(share) + 4 }, `${share * 100} %`, 'class="tick" text-anchor="end"'),
  ),
  ...messages.map((count) =>
    text(
      { x: x(count), y: size.height - size.bottom + 16 },
      String(count),
      'class="tick" text-anchor="middle"',
    ),
  ),
];

const dot = ({ messagesPerDose, ofOracle }: Dot, kind: string, radius: number) =>
  `<circle cx="${x(messagesPerDose).toFixed(1)}" cy="${y(ofOracle).toFixed(1)}" r="${radius}" class="${kind}"/>`;

type Named = Dot & { name: string };
type Label = { each: Named; x: number; y: number; isLeft: boolean };

/** A label stands below its ring, or so much lower that no other is written over. */
const place = (labels: readonly Label[], each: Named): Label => {
  const isLeft = each.messagesPerDose > 60;
  const at = { each, isLeft, x: x(each.messagesPerDose) + (isLeft ? -7 : 7), y: y(each.ofOracle) + 12 };
  const taken = labels.filter((other) => Math.abs(other.x - at.x) < 58);
  while (taken.some((other) => Math.abs(other.y - at.y) < 11)) at.y += 11;
  return at;
};

const labelled = (others: readonly Named[]): string[] => {
  const labels: Label[] = [];
  for (const each of others.toSorted((one, other) => one.messagesPerDose - other.messagesPerDose))
    labels.push(place(labels, each));
  return labels.map(
    ({ each, isLeft, ...at }) =>
      dot(each, "other", 3.5) +
      text(at, each.name, `class="label" text-anchor="${isLeft ? "end" : "start"}"`),
  );
};

const panel = ({ name, engine, tried, others }: Panel, index: number): string => {
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const line = tried.map((each) => `${x(each.messagesPerDose).toFixed(1)},${y(each.ofOracle).toFixed(1)}`);
  return [
    `<g transform="translate(${column * size.width} ${row * size.height})">`,
    text({ x: size.left, y: 18 }, name, 'class="name"'),
    ...axes(),
    `<polyline points="${line.join(" ")}" class="frontier"/>`,
    ...labelled(others),
    dot(engine, "engine", 5),
    "</g>",
  ].join("\n");
};

const style = `
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .name { font-weight: 600; font-size: 14px }
  .tick { fill: #767676; font-size: 11px }
  .label { fill: #555; font-size: 11px }
  .grid { stroke: #e3e3e3 }
  .frontier { fill: none; stroke: #0b6e4f; stroke-width: 1.5 }
  .engine { fill: #0b6e4f }
  .other { fill: #fff; stroke: #b3541e; stroke-width: 2 }`;

/** One picture of all scenarios. */
export const draw = (panels: readonly Panel[]): string => {
  const [width, height] = [columns * size.width, Math.ceil(panels.length / columns) * size.height + 30];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>Doses used, of the oracle's, by messages for each dose</title>
<style>${style}</style>
<rect width="100%" height="100%" fill="#fff"/>
${panels.map(panel).join("\n")}
${text({ x: size.left, y: height - 10 }, "Across: messages for each dose. Up: doses used, of the oracle's. Filled: everydose; the line: everydose with other patience; rings: the rules of 2021.", 'class="label"')}
</svg>
`;
};
