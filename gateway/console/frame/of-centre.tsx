import type { Language } from "../../../schema/primitives.ts";
import type { Route } from "../../http/permissions.ts";
import type { Session } from "../sign-in/guard.tsx";
import { listTexts } from "../texts/lists/words.ts";
import { staffTexts } from "../texts/staff/words.ts";

type Page = { at: string; path: string; needs: Route; says: string };

const pagesIn = (language: Language): Page[] => {
  const [{ nav: evenings }, { nav: lists }] = [staffTexts[language], listTexts[language]];
  return [
    { at: "evening", path: "", needs: "GET /v1/centres/{centre}/evening", says: evenings.evening },
    { at: "list", path: "/list", needs: "POST /v1/centres/{centre}/imports", says: lists.list },
    { at: "telephone", path: "/telephone", needs: "GET /v1/centres/{centre}/calls", says: lists.telephone },
  ];
};

type Desk = { language: Language; session: Session; to(path: string): string };

/** The pages of one centre, as far as whoever is there may open them. */
export const OfCentre = ({ desk, centre, at }: { desk: Desk; centre: string; at: string }) => (
  <nav class="of-centre" aria-label={centre}>
    {pagesIn(desk.language)
      .filter(({ needs }) => desk.session.may(needs))
      .map((page) => (
        <a
          href={desk.to(`/staff/centres/${centre}${page.path}`)}
          aria-current={page.at === at ? "page" : undefined}
        >
          {page.says}
        </a>
      ))}
  </nav>
);
