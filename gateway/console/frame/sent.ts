/** What a form has sent, with all of what has one name where that was asked for. */
export type Sent = Record<string, string | File | (string | File)[]>;

export const textIn = (sent: Sent, name: string): string => {
  const value = sent[name];
  return typeof value === "string" ? value : "";
};

export const textsIn = (sent: Sent, name: string): string[] =>
  [sent[name] ?? []].flat().flatMap((each) => (typeof each === "string" ? each : []));

/** A whole number as a form sends it; anything else is at fault by itself. */
export const wholeIn = (sent: Sent, name: string): number | undefined => {
  const text = textIn(sent, name).trim();
  return /^\d{1,4}$/.test(text) ? Number(text) : undefined;
};
