import { weekdays } from "../../../schema/volunteer.ts";

/*
 * People who register, each another, as the letters of their request: written fast, since the same cores carry what is
 * measured.
 */

const day = (days: number) => new Date(Date.UTC(1925, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
const days = Array.from({ length: 26_000 }, (_, nth) => day(nth));

const numberOf = (born: string, serial: number): string => {
  const nine = `${born.slice(2, 4)}${born.slice(5, 7)}${born.slice(8, 10)}${String(serial).padStart(3, "0")}`;
  return `${nine}${String(97 - (Number(nine) % 97)).padStart(2, "0")}`;
};

const parts = '["morning","afternoon","evening"]';
const week = weekdays.map((each) => `"${each}":${parts}`).join(",");
const restIn = (region: string, language: string) =>
  `"familyName":"Dupont","region":"${region}","language":"${language}","availability":{"week":{${week}}},"consent":{"textVersion":"2021-04","given":true}`;

const places = {
  wallonia: {
    postcodes: ["6000", "5000", "7000", "4000", "1400", "6700", "7500", "4800", "6900", "5500"],
    rest: restIn("wallonia", "fr"),
  },
  flanders: {
    postcodes: ["2000", "9000", "3000", "8000", "8500", "3500", "2300", "9300", "1800", "2800"],
    rest: restIn("flanders", "nl"),
  },
  /** One chooses the centre, and the number waits for it (F16). */
  brussels: {
    postcodes: ["1000", "1020", "1030", "1080", "1190"],
    rest: `"centres":["pacheco"],${restIn("brussels", "fr")}`,
  },
};
/** Regions that ask for different things. */
export type Home = keyof typeof places;

/** The nth of some 25 million people, born from 1925 to 1996. */
export const person = (nth: number, home: Home = "wallonia"): string => {
  const { postcodes, rest } = places[home];
  const born = days[nth % days.length] ?? "";
  const serial = 1 + (Math.floor(nth / days.length) % 997);
  const email = `"email":"p${nth}@example.org"`;
  const [known, contact] =
    home === "brussels"
      ? [`"birthDate":"${born}"`, `{${email}}`]
      : [
          `"nationalNumber":"${numberOf(born, serial)}"`,
          `{${email},"mobile":"+324${String(nth).padStart(8, "0")}"}`,
        ];
  return `{"givenName":"Jean",${known},"postcode":"${postcodes[nth % postcodes.length]}","contact":${contact},${rest}}`;
};
