import type { PlatformState } from "../../../schema/platform.ts";
import type { Language } from "../../../schema/primitives.ts";
import { Layout } from "../frame/layout.tsx";
import { momentIn, say, timeIn } from "../texts/say.ts";
import { texts } from "../texts/texts.ts";
import { publicFrame } from "./public-frame.tsx";

type Shown = { language: Language; isSandbox: boolean; platforms: readonly PlatformState[]; at: string };

/** What there is to say of a platform beside its state, each in a line. */
const remarks = (language: Language, { reading, ports, drifts, givenUp }: PlatformState): string[] => {
  const words = texts[language].platforms;
  const isRead = reading && reading.endedAt === undefined;
  return [
    ...(isRead && reading.total === undefined ? [say(language, words.reading, { done: reading.done })] : []),
    ...(isRead && reading.total !== undefined
      ? [say(language, words.readingOf, { done: reading.done, total: reading.total })]
      : []),
    ...(reading?.verdict === "doubted" ? [say(language, words.doubted, { n: reading.missing ?? 0 })] : []),
    ...(ports.some(({ breaker }) => breaker !== "closed") ? [words.guarded] : []),
    ...(drifts.length > 0 ? [say(language, words.drifted, { n: drifts.length })] : []),
    ...(givenUp > 0 ? [say(language, words.givenUp, { n: givenUp })] : []),
  ];
};

/** The time where it was today, and the day as well where not. */
const answered = (language: Language, { lastSuccessAt }: PlatformState, now: string): string => {
  if (!lastSuccessAt) return texts[language].platforms.never;
  const isToday = lastSuccessAt.slice(0, 10) === now.slice(0, 10);
  return isToday ? timeIn(language, lastSuccessAt) : momentIn(language, lastSuccessAt);
};

const Row = ({ language, platform, at }: { language: Language; platform: PlatformState; at: string }) => {
  const words = texts[language].platforms;
  const { name, capabilities, state, backlog } = platform;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{capabilities.map((each) => words.does[each]).join(", ")}</small>
      </th>
      <td>
        <span class={`badge ${state}`}>{words.states[state]}</span>
        {remarks(language, platform).map((remark) => (
          <small>{remark}</small>
        ))}
      </td>
      <td data-label={words.columns.answered}>{answered(language, platform, at)}</td>
      <td data-label={words.columns.waiting}>{say(language, words.waiting, { n: backlog })}</td>
    </tr>
  );
};

export const Platforms = ({ language, isSandbox, platforms, at }: Shown) => {
  const words = texts[language].platforms;
  const { columns } = words;
  return (
    <Layout
      title={words.title}
      {...publicFrame(language, { here: "platforms", isSandbox })}
      scripts={["live.js"]}
      languageTo={(each) => `/platforms?lang=${each}`}
    >
      <h1>{words.title}</h1>
      <p class="lead">{words.lead}</p>
      <div data-follow={`/platforms?lang=${language}`} data-every="5">
        <table class="platforms">
          <thead>
            <tr>
              <th scope="col">{columns.name}</th>
              <th scope="col">{columns.state}</th>
              <th scope="col">{columns.answered}</th>
              <th scope="col">{columns.waiting}</th>
            </tr>
          </thead>
          <tbody>
            {platforms.map((platform) => (
              <Row language={language} platform={platform} at={at} />
            ))}
          </tbody>
        </table>
        <p class="quiet">
          {say(language, words.asOf, { time: timeIn(language, at) })}{" "}
          <a data-still href={`/platforms?lang=${language}`}>
            {words.again}
          </a>
        </p>
      </div>
      <p>
        <a href="/v1/platforms">{words.detail}</a>
      </p>
    </Layout>
  );
};
