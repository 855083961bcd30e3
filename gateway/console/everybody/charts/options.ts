import { say, shortDayIn } from "../../texts/say.ts";
import { texts } from "../../texts/texts.ts";
import { agesOf, bandName, byWeekWhereLong } from "../figures-told.ts";
import { palettes } from "./palette.ts";
import {
  axes,
  base,
  type Drawn,
  legend,
  lying,
  numbers,
  type Picture,
  percents,
  stacked,
  textOf,
} from "./parts.ts";

/* What each chart of the public figures shows, as the library is told it. */

const days = (drawn: Drawn): Picture => {
  const { figures, language, width, theme } = drawn;
  const rows = byWeekWhereLong(figures);
  const [used, lost] = stacked(drawn);
  const { soft } = palettes[theme];
  const words = texts[language].figures;
  const most = width === "wide" ? 10 : 4;
  const isHidden = rows.some(({ hidden }) => hidden);
  return {
    height: 300,
    option: {
      ...base(drawn),
      legend: legend(drawn),
      grid: { left: 4, right: 8, top: 44, bottom: 4, containLabel: true },
      xAxis: {
        type: "category",
        data: rows.map(({ day }) => shortDayIn(language, day)),
        ...axes(drawn),
        axisLabel: {
          ...textOf(soft),
          hideOverlap: true,
          interval: Math.max(0, Math.ceil(rows.length / most) - 1),
        },
      },
      yAxis: {
        type: "value",
        minInterval: 1,
        ...axes(drawn),
        axisLabel: { ...textOf(soft), formatter: numbers(language) },
      },
      series: [
        { ...used, data: rows.map((row) => row.used) },
        { ...lost, data: rows.map((row) => row.lost) },
        ...(isHidden
          ? [
              {
                type: "line",
                name: words.hidden,
                silent: true,
                symbol: "diamond",
                symbolSize: 8,
                lineStyle: { opacity: 0 },
                itemStyle: { color: soft },
                showAllSymbol: true,
                data: rows.map(({ hidden }) => (hidden ? 0 : null)),
              },
            ]
          : []),
      ],
    },
  };
};

const regions = (drawn: Drawn): Picture => {
  const { figures, named, language } = drawn;
  const { label, ...flat } = lying(
    drawn,
    figures.regions.map(({ region }) => named(region)),
  );
  const [used, lost] = stacked(drawn);
  const told = numbers(language);
  const sums = figures.regions.map((each) =>
    each.announced === 0 ? "–" : `${told(each.used)} + ${told(each.lost)}`,
  );
  return {
    height: 56 + 52 * figures.regions.length,
    option: {
      ...base(drawn),
      legend: legend(drawn),
      ...flat,
      series: [
        { ...used, data: figures.regions.map((each) => each.used) },
        {
          ...lost,
          data: figures.regions.map((each) => each.lost),
          label: { ...label, formatter: ({ dataIndex }: { dataIndex: number }) => sums[dataIndex] ?? "" },
        },
      ],
    },
  };
};

const ages = (drawn: Drawn): Picture => {
  const { figures, language, theme } = drawn;
  const rows = agesOf(figures);
  const { label, ...flat } = lying(
    drawn,
    rows.map(({ ageBand }) => bandName(language, ageBand)),
  );
  const words = texts[language].figures;
  const told = numbers(language);
  const says = rows.map(({ used, hiddenWeeks }) => {
    if (used === 0 && hiddenWeeks > 0) return words.hidden;
    return hiddenWeeks > 0 ? say(language, words.atLeast, { n: used }) : told(used);
  });
  return {
    height: 24 + 34 * rows.length,
    option: {
      ...base(drawn),
      ...flat,
      grid: { ...flat.grid, top: 4 },
      series: [
        {
          type: "bar",
          silent: true,
          barMaxWidth: 20,
          itemStyle: { color: palettes[theme].used },
          data: rows.map(({ used }) => used),
          label: { ...label, formatter: ({ dataIndex }: { dataIndex: number }) => says[dataIndex] ?? "" },
        },
      ],
    },
  };
};

const marks = [
  { colour: "used", dash: "solid", symbol: "circle" },
  { colour: "promised", dash: [7, 4], symbol: "triangle" },
  { colour: "held", dash: [2, 3], symbol: "rect" },
  { colour: "lost", dash: [9, 3, 2, 3], symbol: "diamond" },
] as const;

const speed = (drawn: Drawn): Picture => {
  const { figures, named, language, theme, width } = drawn;
  const palette = palettes[theme];
  const minutes = figures.regions[0]?.within.map((each) => each.minutes) ?? [];
  const percent = percents(language);
  return {
    height: width === "wide" ? 340 : 360,
    option: {
      ...base(drawn),
      legend: { ...legend(drawn), itemWidth: 34 },
      grid: { left: 4, right: 20, top: width === "wide" ? 48 : 76, bottom: 4, containLabel: true },
      xAxis: {
        type: "category",
        boundaryGap: false,
        data: minutes.map(String),
        ...axes(drawn),
        axisLabel: { ...textOf(palette.soft), interval: 0 },
      },
      yAxis: {
        type: "value",
        max: 1,
        ...axes(drawn),
        axisLabel: { ...textOf(palette.soft), formatter: percent },
      },
      series: figures.regions.map(({ region, within }, nth) => {
        const mark = marks[nth % marks.length] ?? marks[0];
        const colour = palette[mark.colour];
        return {
          type: "line",
          name: named(region),
          silent: true,
          connectNulls: true,
          symbol: mark.symbol,
          symbolSize: 8,
          itemStyle: { color: colour },
          lineStyle: { color: colour, width: 2.5, type: mark.dash },
          data: within.map(({ share }) => share),
        };
      }),
    },
  };
};

export const charts = { days, regions, speed, ages } as const;
export type ChartName = keyof typeof charts;
export const isChart = (name: string): name is ChartName => Object.hasOwn(charts, name);
