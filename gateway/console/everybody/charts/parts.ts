import type { EChartsCoreOption } from "echarts/core";
import type { Figures } from "../../../../schema/figures.ts";
import type { Language } from "../../../../schema/primitives.ts";
import { numberIn } from "../../texts/say.ts";
import { texts } from "../../texts/texts.ts";
import type { Named } from "../figures-told.ts";
import { palettes, type Theme } from "./palette.ts";

/* What the charts of the public figures are made of. */

export const widths = { narrow: 340, wide: 760 } as const;
export type Width = keyof typeof widths;

export type Drawn = { figures: Figures; named: Named; language: Language; theme: Theme; width: Width };
export type Picture = { height: number; option: EChartsCoreOption };

export const numbers = (language: Language) => (value: number) => numberIn(language, value);
export const percents = (language: Language) => (value: number) =>
  numberIn(language, value, { style: "percent" });

/** Without quotes: they would end the attribute that the library writes it in. */
const fontFamily = "system-ui, Roboto, sans-serif";
export const textOf = (colour: string) => ({ color: colour, fontFamily, fontSize: 13 });

/** What all of them have: our letters, no movement, and nothing that answers to a pointer, since it is a picture. */
export const base = ({ theme }: Drawn) => {
  const { ink } = palettes[theme];
  return { animation: false, backgroundColor: "transparent", textStyle: textOf(ink) };
};
export const axes = ({ theme }: Drawn) => {
  const { soft, line } = palettes[theme];
  return {
    axisLabel: textOf(soft),
    axisLine: { lineStyle: { color: line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: line } },
  };
};
export const legend = ({ theme }: Drawn) => ({
  top: 0,
  left: 0,
  itemGap: 28,
  itemWidth: 22,
  itemHeight: 12,
  selectedMode: false,
  textStyle: textOf(palettes[theme].ink),
});

/** Hatched, so that it is told apart without its colour. */
const hatched = (paper: string) => ({
  decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: paper },
});
export const stacked = ({ theme, language }: Drawn) => {
  const { used, lost, paper } = palettes[theme];
  const words = texts[language].figures.columns;
  const bar = { type: "bar", stack: "doses", silent: true, barMaxWidth: 34 } as const;
  return [
    { ...bar, name: words.used, itemStyle: { color: used } },
    { ...bar, name: words.lost, itemStyle: { color: lost, ...hatched(paper) } },
  ] as const;
};

/** Bars that lie, with their names at the left and their numbers at the right. */
export const lying = (drawn: Drawn, names: string[]) => {
  const { ink, soft } = palettes[drawn.theme];
  // The library only guesses how wide letters are: the names get the room that the longest needs, by ours.
  const left = Math.min(
    drawn.width === "wide" ? 260 : 130,
    16 + 9 * Math.max(...names.map((name) => name.length)),
  );
  return {
    grid: { left, right: drawn.width === "wide" ? 130 : 84, top: 40, bottom: 4 },
    xAxis: { type: "value", show: false },
    yAxis: {
      type: "category",
      inverse: true,
      data: names,
      ...axes(drawn),
      axisLabel: { ...textOf(ink), width: left - 14, overflow: "break" },
    },
    label: { show: true, position: "right", ...textOf(soft) },
  } as const;
};
