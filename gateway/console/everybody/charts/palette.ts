/* The colours of assets/style.css, for pictures, which no style sheet reaches; tests/console/everybody.test.ts holds them
 * to be those. Nothing is told by colour alone: what is lost is hatched, and each region's line has dashes and marks of
 * its own. */

export const themes = ["light", "dark"] as const;
export type Theme = (typeof themes)[number];

type Palette = Record<"paper" | "ink" | "soft" | "line" | "used" | "lost" | "promised" | "held", string>;

export const palettes: Record<Theme, Palette> = {
  light: {
    paper: "#fbfaf7",
    ink: "#1c2321",
    soft: "#55605d",
    line: "#e0ddd5",
    used: "#0f766e",
    lost: "#b4372a",
    promised: "#2f6fb0",
    held: "#b87503",
  },
  dark: {
    paper: "#121716",
    ink: "#e8ecea",
    soft: "#a3afab",
    line: "#2c3533",
    used: "#4fbfb3",
    lost: "#ec8578",
    promised: "#6aa9e0",
    held: "#e8ae42",
  },
};
