/* People who register, each another, as the letters of their request: written fast, since the same cores carry what is measured. */

const postcodes = ["6000", "5000", "7000", "4000", "1400", "6700", "7500", "4800", "6900", "5500"];
const day = (days: number) => new Date(Date.UTC(1925, 0, 1) + days * 86_400_000).toISOString().slice(0, 10);
const days = Array.from({ length: 26_000 }, (_, nth) => day(nth));

const numberOf = (born: string, serial: number): string => {
  const nine = `${born.slice(2, 4)}${born.slice(5, 7)}${born.slice(8, 10)}${String(serial).padStart(3, "0")}`;
  return `${nine}${String(97 - (Number(nine) % 97)).padStart(2, "0")}`;
};

const parts = '["morning","afternoon","evening"]';
const week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
  .map((each) => `"${each}":${parts}`)
  .join(",");
const rest = `"familyName":"Dupont","region":"wallonia","language":"fr","availability":{"week":{${week}}},"consent":{"textVersion":"2021-04","given":true}`;

/** The nth of some 25 million people, born from 1925 to 1996. */
export const person = (nth: number): string => {
  const born = days[nth % days.length] ?? "";
  const serial = 1 + (Math.floor(nth / days.length) % 997);
  const contact = `{"email":"p${nth}@example.org","mobile":"+324${String(nth).padStart(8, "0")}"}`;
  return `{"givenName":"Jean","nationalNumber":"${numberOf(born, serial)}","postcode":"${postcodes[nth % postcodes.length]}","contact":${contact},${rest}}`;
};
