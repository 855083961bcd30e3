import type { Figures } from "../../../schema/figures.ts";
import type { Day, Language } from "../../../schema/primitives.ts";
import type { Region } from "../../../schema/region.ts";
import { Layout } from "../frame/layout.tsx";
import { longDayIn, say } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { type FiguresAsked, queryOf } from "./figures-asked.ts";
import { Chart } from "./figures-chart.tsx";
import { AgesTable, DaysTable, RegionsTable, SpeedTable } from "./figures-tables.tsx";
import { isLong, mediansIn, type Named, shareIn } from "./figures-told.ts";
import { publicFrame } from "./public-frame.tsx";

type Shown = {
  language: Language;
  isSandbox: boolean;
  asked: FiguresAsked;
  figures: Figures;
  regions: readonly Region[];
  named: Named;
  /** What was asked for cannot be told together. */
  isRefused: boolean;
};

const Choose = ({
  language,
  asked,
  figures,
  regions,
}: Pick<Shown, "language" | "asked" | "figures" | "regions">) => {
  const words = texts[language].figures.form;
  return (
    <form class="card pick" method="get" action="/figures">
      <input type="hidden" name="lang" value={language} />
      <div class="field">
        <label for="from">{words.from}</label>
        <input id="from" name="from" type="date" value={asked.from ?? figures.from} />
      </div>
      <div class="field">
        <label for="until">{words.until}</label>
        <input id="until" name="until" type="date" value={asked.until ?? figures.until} />
      </div>
      <div class="field">
        <label for="region">{words.region}</label>
        <select id="region" name="region">
          <option value="">{words.all}</option>
          {regions.map(({ id, name }) => (
            <option value={id} selected={id === asked.region}>
              {name[language]}
            </option>
          ))}
        </select>
      </div>
      <button type="submit">{words.show}</button>
      <small class="hint">{words.weeks}</small>
    </form>
  );
};

const Protection = ({ language, least }: { language: Language; least: number }) => {
  const words = texts[language].figures.protection;
  return (
    <section aria-labelledby="protection">
      <h2 id="protection">{words.title}</h2>
      <p>
        {words.first} {say(language, words.second, { n: least })}
      </p>
      <p>{words.third}</p>
    </section>
  );
};

const OpenData = ({ language }: { language: Language }) => {
  const words = texts[language].figures.open;
  return (
    <section aria-labelledby="open-data">
      <h2 id="open-data">{words.title}</h2>
      <p>{words.text}</p>
      <p class="downloads">
        <a href="/catalogue.ttl">{words.catalogue}</a>
        <a href="/v1/releases">{words.files}</a>
      </p>
    </section>
  );
};

/** The sums of all regions, or of the one that was asked for. */
const sumsOf = ({ figures, asked }: Pick<Shown, "figures" | "asked">) =>
  (asked.region && figures.regions[0]) || figures.totals;

const Told = ({ language, figures, asked }: Pick<Shown, "language" | "figures" | "asked">) => {
  const words = texts[language].figures;
  const { announced, used, lost } = sumsOf({ figures, asked });
  const { hiddenWeeks } = figures.totals;
  const day = (each: Day) => longDayIn(language, each);
  const span = { from: day(figures.from), until: day(figures.until) };
  return (
    <>
      <p class="lead">
        {announced === 0
          ? words.none
          : say(language, words.told, {
              ...span,
              announced,
              used,
              lost,
              share: shareIn(language, used / announced),
            })}
      </p>
      {hiddenWeeks > 0 && <p class="quiet">{say(language, words.hiddenWeeks, { n: hiddenWeeks })}</p>}
    </>
  );
};

export const FiguresPage = ({ isSandbox, regions, isRefused, ...shown }: Shown) => {
  const { language, asked, figures, named } = shown;
  const words = texts[language].figures;
  const hasDoses = figures.days.length > 0;
  return (
    <Layout
      title={words.title}
      {...publicFrame(language, { here: "figures", isSandbox })}
      languageTo={(each) => `/figures${queryOf(asked, { lang: each })}`}
      room="figures"
    >
      <h1>{words.title}</h1>
      {isRefused && (
        <p class="notice bad" role="alert">
          {words.refused}
        </p>
      )}
      <Told language={language} figures={figures} asked={asked} />
      <Choose language={language} asked={asked} figures={figures} regions={regions} />
      {hasDoses && (
        <div class="charts">
          <Chart name="days" text={isLong(figures) ? words.days.weekly : undefined} {...shown}>
            <DaysTable language={language} figures={figures} named={named} />
          </Chart>
          <Chart name="regions" {...shown}>
            <RegionsTable language={language} figures={figures} named={named} />
          </Chart>
          <Chart name="speed" {...shown}>
            <ul>
              {mediansIn(language, figures, named).map((median) => (
                <li>{median}</li>
              ))}
            </ul>
            <SpeedTable language={language} figures={figures} named={named} />
          </Chart>
          <Chart name="ages" {...shown}>
            <AgesTable language={language} figures={figures} named={named} />
          </Chart>
        </div>
      )}
      <Protection language={language} least={figures.leastTold} />
      <OpenData language={language} />
    </Layout>
  );
};
