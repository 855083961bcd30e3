import type { PropsWithChildren } from "hono/jsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import type { ListDesk } from "./list-desk.ts";
import { OfCentre } from "./of-centre.tsx";

export type Notice = { says: string; bad?: boolean };

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
    <OwnLayout {...{ title, language, width, scripts, session, path, styles: ["lists.css"], room: "lists" }}>
      {centre && <OfCentre {...{ desk, centre, at }} />}
      {children}
    </OwnLayout>
  );
};

/** What has just been done, or could not be. */
export const Said = ({ notice }: { notice?: Notice }) =>
  notice ? (
    <div class={notice.bad ? "notice bad" : "notice good"} role={notice.bad ? "alert" : "status"}>
      <p>{notice.says}</p>
    </div>
  ) : null;

/** In the place of a page that cannot be shown. */
export const Trouble = ({ desk, says, to }: { desk: ListDesk; says: string; to?: string }) => (
  <ListPage {...{ desk, title: desk.words.fault.title, at: "work", width: "narrow" }}>
    <h1>{desk.words.fault.title}</h1>
    <p class="notice bad">{says}</p>
    {to && (
      <p>
        <a href={to}>{desk.words.fault.home}</a>
      </p>
    )}
  </ListPage>
);
