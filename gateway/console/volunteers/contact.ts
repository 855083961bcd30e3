/** A Belgian number as people write it, "0470 12 34 56", as the world writes it. */
export const mobileOf = (text: string | undefined): string | undefined => {
  const plain = text?.replace(/[\s./()-]/g, "");
  return plain?.replace(/^00/, "+").replace(/^0/, "+32");
};

/** One line in which somebody wrote either of the two. */
export const asContact = (said: string): { email: string } | { mobile: string } => {
  const text = said.trim();
  return text.includes("@") ? { email: text } : { mobile: mobileOf(text) ?? "" };
};
