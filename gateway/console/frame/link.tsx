import type { Language } from "../../../schema/primitives.ts";

/*
 * The link of a message, where no script reads its fragment: pasted once, and from then on it travels in bodies alone,
 * never in an address.
 */

/** The token of what was pasted, a whole link or its end; empty where there is none. */
export const tokenIn = (link: unknown): string =>
  typeof link === "string" ? (/^[\w-]{16,200}$/.exec(link.trim().replace(/^.*#/s, ""))?.[0] ?? "") : "";

type Asked = {
  path: string;
  /** Absent where none was chosen: then the page that comes speaks that of whoever the link is for. */
  language?: Language;
  words: { paste: string; goOn: string };
  /** The page has one that hands the link over from the fragment, where scripts run. */
  script?: boolean;
};

export const LinkForm = ({ path, language, words, script }: Asked) => (
  <form method="post" action={language ? `${path}?lang=${language}` : path} data-link={script}>
    <div class="field">
      <label>
        {words.paste} <input name="link" required autocomplete="off" />
      </label>
    </div>
    <div class="choice">
      <button type="submit" class="yes">
        {words.goOn}
      </button>
    </div>
  </form>
);
