import type { DatasetName } from "../../../schema/release.ts";

/* What the catalogue says of each dataset, in the languages of the country and English. */

type Said = Readonly<Record<"nl" | "fr" | "de" | "en", string>>;

export const catalogueWords: { title: Said; description: Said } = {
  title: {
    nl: "Reservelijsten: overgebleven vaccindosissen",
    fr: "Listes de réserve : doses de vaccin restantes",
    de: "Reservelisten: übrig gebliebene Impfdosen",
    en: "Reserve lists: leftover vaccine doses",
  },
  description: {
    nl: "Wat er met de dosissen gebeurde die in de vaccinatiecentra overbleven. Kleine aantallen zijn niet vermeld.",
    fr: "Ce que sont devenues les doses qui restaient dans les centres de vaccination. Les petits nombres ne sont pas mentionnés.",
    de: "Was aus den Dosen wurde, die in den Impfzentren übrig blieben. Kleine Zahlen sind nicht genannt.",
    en: "What became of the doses that were left over at the vaccination centres. Small numbers are not told.",
  },
};

export const datasetWords: Record<DatasetName | "daily", { title: Said; description: Said }> = {
  "doses-by-region": {
    title: {
      nl: "Dosissen per dag en gewest",
      fr: "Doses par jour et région",
      de: "Dosen nach Tag und Region",
      en: "Doses by day and region",
    },
    description: {
      nl: "Aangekondigde, gebruikte en verloren dosissen, per dag van de aankondiging en gewest van het centrum.",
      fr: "Doses annoncées, utilisées et perdues, par jour de l'annonce et région du centre.",
      de: "Angekündigte, verwendete und verlorene Dosen, nach Tag der Ankündigung und Region des Zentrums.",
      en: "Doses announced, used and lost, by day of the announcement and region of the centre.",
    },
  },
  "doses-by-age-and-sex": {
    title: {
      nl: "Gebruikte dosissen per leeftijd en geslacht",
      fr: "Doses utilisées par âge et sexe",
      de: "Verwendete Dosen nach Alter und Geschlecht",
      en: "Doses used by age and sex",
    },
    description: {
      nl: "Gebruikte dosissen van een week, alle gewesten samen, per leeftijdsgroep en geslacht.",
      fr: "Doses utilisées d'une semaine, toutes régions confondues, par groupe d'âge et sexe.",
      de: "Verwendete Dosen einer Woche, alle Regionen zusammen, nach Altersgruppe und Geschlecht.",
      en: "Doses used in a week, all regions together, by age group and sex.",
    },
  },
  "doses-by-brand": {
    title: {
      nl: "Gebruikte dosissen per vaccin",
      fr: "Doses utilisées par vaccin",
      de: "Verwendete Dosen nach Impfstoff",
      en: "Doses used by vaccine",
    },
    description: {
      nl: "Gebruikte dosissen van een week, alle gewesten samen, per vaccin.",
      fr: "Doses utilisées d'une semaine, toutes régions confondues, par vaccin.",
      de: "Verwendete Dosen einer Woche, alle Regionen zusammen, nach Impfstoff.",
      en: "Doses used in a week, all regions together, by vaccine.",
    },
  },
  "time-to-yes": {
    title: {
      nl: "Tijd tot een ja",
      fr: "Temps jusqu'au oui",
      de: "Zeit bis zum Ja",
      en: "Time to yes",
    },
    description: {
      nl: "Hoeveel mensen ja zeiden binnen zoveel minuten na de aankondiging, per week en gewest.",
      fr: "Combien de personnes ont dit oui dans les minutes qui suivent l'annonce, par semaine et région.",
      de: "Wie viele Menschen so viele Minuten nach der Ankündigung ja gesagt hatten, nach Woche und Region.",
      en: "How many people had said yes so many minutes after the announcement, by week and region.",
    },
  },
  daily: {
    title: {
      nl: "Dagelijkse rapporten",
      fr: "Rapports quotidiens",
      de: "Tägliche Berichte",
      en: "Daily reports",
    },
    description: {
      nl: "Elke dag in al zijn aantallen, per centrum, leeftijdsgroep, geslacht, vaccin en platform. Alleen met een sleutel.",
      fr: "Chaque jour dans tous ses nombres, par centre, groupe d'âge, sexe, vaccin et plateforme. Avec une clé seulement.",
      de: "Jeder Tag in all seinen Zahlen, nach Zentrum, Altersgruppe, Geschlecht, Impfstoff und Plattform. Nur mit einem Schlüssel.",
      en: "Each day in all its numbers, by centre, age group, sex, vaccine and platform. With a key only.",
    },
  },
};
