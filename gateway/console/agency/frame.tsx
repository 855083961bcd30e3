import type { PropsWithChildren } from "hono/jsx";
import { OwnLayout } from "../frame/own-layout.tsx";
import { type Notice, Said } from "../frame/said.tsx";
import { OwnPages } from "../sign-in/home-page.tsx";
import { knownWord, wordFor } from "../texts/word-for.ts";
import type { Desk } from "./desk.ts";

type Framed = PropsWithChildren<{
  desk: Desk;
  title: string;
  /** What has just been done, or could not be. */
  notice?: Notice;
  scripts?: string[];
}>;

/** A page of an authority: its head, what was just done, and its matter. */
export const AgencyPage = ({ desk, title, notice, scripts, children }: Framed) => (
  <OwnLayout
    title={title}
    language={desk.language}
    session={desk.session}
    path={desk.path}
    scripts={scripts}
    width="wide"
    style="agency.css"
    room="agency"
  >
    <h1>{title}</h1>
    <Said notice={notice} />
    {children}
  </OwnLayout>
);

type Refused = { desk: Desk; needs: "agency" | "auditor" };

/** For whoever came to a page that is not for their role, with a way on. */
export const NotForYou = ({ desk, needs }: Refused) => {
  const { refused, roles } = desk.words;
  const role = wordFor(roles, desk.caller.role);
  return (
    <AgencyPage desk={desk} title={refused.title}>
      <p class="lead">{desk.say(refused[needs], { role })}</p>
      <OwnPages language={desk.language} session={desk.session} />
    </AgencyPage>
  );
};

/** In the place of what could not be read. */
export const Missing = ({ desk, code }: { desk: Desk; code: string }) => (
  <div class="notice bad" role="alert">
    <p>{problemIn(desk, code)}</p>
    <p>
      <a href={desk.path}>{desk.words.again}</a>
    </p>
  </div>
);

/** Why the API refused, in plain words. */
export const problemIn = (desk: Desk, code: string): string => {
  const { problems } = desk.words;
  return knownWord(problems, code) ?? problems.other;
};
