import type { Api } from "../frame/api.ts";

/** A Belgian number as people write it, "0470 12 34 56", as the world writes it. */
export const mobileOf = (text: string | undefined): string | undefined => {
  const plain = text?.replace(/[\s./()-]/g, "");
  return plain?.replace(/^00/, "+").replace(/^0/, "+32");
};

/** One line in which somebody wrote either of the two. */
const asContact = (said: string): { email: string } | { mobile: string } => {
  const text = said.trim();
  return text.includes("@") ? { email: text } : { mobile: mobileOf(text) ?? "" };
};

/** Has a fresh link sent to whoever is registered with that, if anybody is; whether anybody is, the API does not say. */
export const sendLink = async (api: Api, said: string): Promise<boolean> => {
  const { ok } = await api("/v1/volunteers/recover", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ contact: asContact(said) }),
  });
  return ok;
};
