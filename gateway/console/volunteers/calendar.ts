import { createEvent } from "ics";
import type { Invitation } from "../../../schema/surplus.ts";
import { texts } from "../texts/texts.ts";

/** How long somebody is at the centre, with the quarter of an hour after the dose. */
const stay = { minutes: 30 };

/** The appointment as a calendar takes it; nothing where nobody is expected. It says nothing of the vaccine (F11). */
export const calendarOf = ({ id, comeAt, centre, language }: Invitation): string | undefined => {
  if (!comeAt) return undefined;
  const words = texts[language].answer;
  const { name, municipality, postcode, latitude: lat, longitude: lon } = centre;
  const { value } = createEvent({
    ...{ uid: `${id}@everydose`, productId: "everydose", calName: "everydose" },
    ...{ start: Date.parse(comeAt), startInputType: "utc", startOutputType: "utc", duration: stay },
    ...{ title: `${words.calendarTitle} ${name}`, location: `${name}, ${postcode} ${municipality}` },
    ...{ description: words.bringOnly, geo: { lat, lon }, status: "CONFIRMED", busyStatus: "BUSY" },
  });
  return value ?? undefined;
};
