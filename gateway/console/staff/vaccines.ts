/* What the vaccines are called: names of firms, the same in every language. */

const names: Record<string, string> = {
  pfizer: "Pfizer",
  moderna: "Moderna",
  astrazeneca: "AstraZeneca",
  janssen: "Janssen",
};

export const vaccineName = (vaccine: string): string => names[vaccine] ?? vaccine;
