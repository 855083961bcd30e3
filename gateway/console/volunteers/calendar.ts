import type { Invitation } from "../../../schema/surplus.ts";
import { texts } from "../texts/texts.ts";

/* Loaded when the first appointment is taken into a calendar: the page of an answer does without. */
const load = () => import("ics");

/** How long somebody is at the centre, with the quarter of an hour after the dose. */
const stay = { minutes: 30 };

/** Some calendars take a lone carriage return for the end of a line, and what follows for a field of its own. */
const inOneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");

/** The appointment as a calendar takes it; nothing where nobody is expected. It says nothing of the vaccine (F11). */
export const calendarOf = async ({
  id,
  comeAt,
  centre,
  language,
}: Invitation): Promise<string | undefined> => {
  if (!comeAt) return undefined;
  const { createEvent } = await load();
  const words = texts[language].answer;
  const { postcode, latitude: lat, longitude: lon } = centre;
  const [name, municipality] = [centre.name, centre.municipality].map(inOneLine);
  const { value } = createEvent({
    uid: `${id}@everydose`,
    productId: "everydose",
    calName: "everydose",
    start: Date.parse(comeAt),
    startInputType: "utc",
    startOutputType: "utc",
    duration: stay,
    title: `${words.calendarTitle} ${name}`,
    location: `${name}, ${postcode} ${municipality}`,
    description: words.bringOnly,
    geo: { lat, lon },
    status: "CONFIRMED",
    busyStatus: "BUSY",
  });
  return value ?? undefined;
};
