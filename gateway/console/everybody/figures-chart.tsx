import type { PropsWithChildren } from "hono/jsx";
import type { Figures } from "../../../schema/figures.ts";
import type { Language } from "../../../schema/primitives.ts";
import { texts } from "../texts/texts.ts";
import { type ChartName, charts } from "./charts/options.ts";
import { type Drawn, type Width, widths } from "./charts/parts.ts";
import { type FiguresAsked, queryOf } from "./figures-asked.ts";
import type { Named } from "./figures-told.ts";

/** The numbers of each, by the name of the table at the API. */
const tables: Record<ChartName, string> = { days: "days", regions: "days", speed: "speed", ages: "ages" };

type Shown = { language: Language; asked: FiguresAsked; figures: Figures; named: Named };

const Picture = ({ name, language, asked, figures, named }: Shown & { name: ChartName }) => {
  const at = (theme: "light" | "dark", width: Width) =>
    `/figures/${name}.svg${queryOf(asked, { lang: language, theme, width })}`;
  const drawn: Drawn = { figures, named, language, theme: "light", width: "wide" };
  const { height } = charts[name](drawn);
  return (
    <picture>
      <source media="(max-width: 36rem) and (prefers-color-scheme: dark)" srcset={at("dark", "narrow")} />
      <source media="(max-width: 36rem)" srcset={at("light", "narrow")} />
      <source media="(prefers-color-scheme: dark)" srcset={at("dark", "wide")} />
      <img
        src={at("light", "wide")}
        alt={texts[language].figures[name].title}
        width={widths.wide}
        height={height}
        loading="lazy"
      />
    </picture>
  );
};

type Part = PropsWithChildren<Shown & { name: ChartName; text?: string }>;
/** A picture, its numbers behind a tap, and both to take along. */
export const Chart = ({ name, text, children, ...shown }: Part) => {
  const { language, asked } = shown;
  const words = texts[language].figures;
  return (
    <section class="figure">
      <h2 id={name}>{words[name].title}</h2>
      <p>{text ?? words[name].text}</p>
      <Picture name={name} {...shown} />
      <details>
        <summary>{words.table}</summary>
        {children}
      </details>
      <p class="downloads">
        <a href={`/v1/figures.csv${queryOf(asked, { table: tables[name] })}`} download>
          {words.csv}
        </a>
        <a
          href={`/figures/${name}.svg${queryOf(asked, { lang: language, theme: "light", width: "wide" })}`}
          download={`everydose-${name}.svg`}
        >
          {words.picture}
        </a>
      </p>
    </section>
  );
};
