/** What the page says on which somebody reads what is registered of them, as Belgians of each language write it. */
export type MineWords = {
  title: string;
  /** Why the birth date is asked. */
  why: string;
  link: string;
  birthDate: string;
  postcode: string;
  postcodeHint: string;
  show: string;
  wrong: string;
  /** `{n}`: minutes. */
  spent: string;
  /** Nobody is kept from their dose by what they cannot remember. */
  answering: string;
  noToken: string;
  failed: string;
  fresh: string;
  contact: string;
  send: string;
  sent: string;
  whyAsked: string;
  name: string;
  reached: string;
  until: string;
};
