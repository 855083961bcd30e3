import type { Language } from "../../../schema/primitives.ts";
import type { AnswerWords } from "./answer.ts";
import type { ConsentWords } from "./consent.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import type { FaultWords, FiguresWords, HomeWords, PlatformsWords, PublicWords } from "./everybody.ts";
import fr from "./fr.json" with { type: "json" };
import type { FrameWords } from "./frame.ts";
import type { MineWords } from "./mine.ts";
import nl from "./nl.json" with { type: "json" };
import type { PlaceWords } from "./place.ts";
import type { RegisterWords } from "./register.ts";
import type { RegistrationWords } from "./registration.ts";
import type { RightsWords } from "./rights.ts";

/* What the pages say, a file for each language, as Belgians of that language write it. What a word is for stands beside
 * its name in the shapes here. */

type Texts = {
  frame: FrameWords;
  public: PublicWords;
  home: HomeWords;
  figures: FiguresWords;
  platforms: PlatformsWords;
  fault: FaultWords;
  /** Who did not answer, or says no, stays on the list (F04, F06); nobody travels first (F07). */
  answer: AnswerWords;
  consent: ConsentWords;
  /** The same, on the page on which somebody comes along into a new campaign. */
  renewal: ConsentWords;
  mine: MineWords;
  place: PlaceWords;
  register: RegisterWords;
  registration: RegistrationWords;
  rights: RightsWords;
};

export const texts: Record<Language, Texts> = { fr, nl, de, en };

/** In the order in which they are offered. */
export const languages = ["fr", "nl", "de", "en"] as const satisfies Language[];
export const isLanguage = (text: unknown): text is Language => languages.some((each) => each === text);
