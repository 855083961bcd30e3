import type { Language } from "../../../schema/primitives.ts";
import type { Frame } from "../frame/layout.tsx";
import { texts } from "../texts/texts.ts";

type Place = "home" | "register" | "figures" | "platforms" | "messages";

/** What stands around a page for anybody; `here`: which of them it is. */
export const publicFrame = (
  language: Language,
  { here, isSandbox }: { here?: Place; isSandbox: boolean },
): Pick<Frame, "language" | "width" | "style" | "nav"> => {
  const words = texts[language].public;
  const places: { place: Place; to: string; says: string }[] = [
    { place: "register", to: `/register?lang=${language}`, says: words.register },
    { place: "figures", to: `/figures?lang=${language}`, says: words.figures },
    { place: "platforms", to: `/platforms?lang=${language}`, says: words.platforms },
  ];
  if (isSandbox) places.push({ place: "messages", to: "/sandbox/messages", says: words.messages });
  const nav = places.map(({ place, ...link }) => ({ ...link, current: place === here }));
  return { language, width: "wide", style: "everybody.css", nav };
};
