import type { Figures } from "../../../schema/figures.ts";
import type { Language } from "../../../schema/primitives.ts";
import { ofNumbers, Table } from "../frame/table.tsx";
import { numberIn, say, shortDayIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { agesOf, bandName, type Named, shareIn } from "./figures-told.ts";

/* The numbers of each chart, for those who read better than they see, and for those who want to know. */

type Shown = { language: Language; figures: Figures; named: Named };

const Numbers = ({ language, of }: { language: Language; of: (number | null)[] }) => (
  <>
    {of.map((each) =>
      each === null ? (
        <td class="number quiet">{texts[language].figures.hidden}</td>
      ) : (
        <td class="number">{numberIn(language, each)}</td>
      ),
    )}
  </>
);

export const DaysTable = ({ language, figures, named }: Shown) => {
  const words = texts[language].figures;
  const { day, region, announced, used, lost } = words.columns;
  return (
    <Table caption={words.days.title} columns={[day, region, ...[announced, used, lost].map(ofNumbers)]}>
      {figures.days.map((row) => (
        <tr>
          <th scope="row">{shortDayIn(language, row.day)}</th>
          <td>{named(row.region)}</td>
          <Numbers language={language} of={[row.announced, row.used, row.lost]} />
        </tr>
      ))}
    </Table>
  );
};

export const RegionsTable = ({ language, figures, named }: Shown) => {
  const words = texts[language].figures;
  const { region, announced, used, lost } = words.columns;
  return (
    <Table caption={words.regions.title} columns={[region, ...[announced, used, lost].map(ofNumbers)]}>
      {figures.regions.map((row) => (
        <tr>
          <th scope="row">
            {named(row.region)}
            {row.hiddenDays > 0 && <small>{say(language, words.leftOut, { n: row.hiddenDays })}</small>}
          </th>
          <Numbers language={language} of={[row.announced, row.used, row.lost]} />
        </tr>
      ))}
    </Table>
  );
};

export const SpeedTable = ({ language, figures, named }: Shown) => {
  const words = texts[language].figures;
  const minutes = figures.regions[0]?.within.map((each) => each.minutes) ?? [];
  const heads = [words.columns.yes, ...minutes.map((n) => say(language, words.columns.within, { n }))];
  return (
    <Table caption={words.speed.title} columns={[words.columns.region, ...heads.map(ofNumbers)]}>
      {figures.regions.map(({ region, yes, within }) => (
        <tr>
          <th scope="row">{named(region)}</th>
          <td class="number">{yes === 0 ? "–" : numberIn(language, yes)}</td>
          {within.map(({ share }) => (
            <td class="number">{share === null ? "–" : shareIn(language, share)}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
};

export const AgesTable = ({ language, figures }: Shown) => {
  const words = texts[language].figures;
  return (
    <Table caption={words.ages.title} columns={[words.columns.age, ofNumbers(words.columns.used)]}>
      {agesOf(figures).map(({ ageBand, used, hiddenWeeks }) => (
        <tr>
          <th scope="row">{bandName(language, ageBand)}</th>
          <td class={used === 0 && hiddenWeeks > 0 ? "number quiet" : "number"}>
            {hiddenWeeks === 0 && numberIn(language, used)}
            {hiddenWeeks > 0 && (used === 0 ? words.hidden : say(language, words.atLeast, { n: used }))}
          </td>
        </tr>
      ))}
    </Table>
  );
};
