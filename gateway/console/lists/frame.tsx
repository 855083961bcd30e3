import type { PropsWithChildren } from "hono/jsx";
import { OfCentre } from "../frame/of-centre.tsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { ListDesk } from "./desk.ts";

type Framed = PropsWithChildren<{
  desk: ListDesk;
  title: string;
  /** Which of these pages it is. */
  at: "list" | "telephone" | "work";
  centre?: string;
  scripts?: string[];
  width?: "narrow" | "wide";
}>;

/** A page about a centre's list, its telephone, or long work. */
export const ListPage = ({ desk, title, at, centre, scripts, width = "wide", children }: Framed) => {
  const { language, session, path } = desk;
  return (
    <OwnLayout
      title={title}
      language={language}
      width={width}
      scripts={scripts}
      session={session}
      path={path}
      style="lists.css"
      room="lists"
    >
      {centre && <OfCentre desk={desk} centre={centre} at={at} />}
      {children}
    </OwnLayout>
  );
};

/** In the place of a page that cannot be shown. */
export const Trouble = ({ desk, says, to }: { desk: ListDesk; says: string; to?: string }) => (
  <ListPage desk={desk} title={desk.words.fault.title} at="work" width="narrow">
    <h1>{desk.words.fault.title}</h1>
    <p class="notice bad">{says}</p>
    {to && (
      <p>
        <a href={to}>{desk.words.fault.home}</a>
      </p>
    )}
  </ListPage>
);
