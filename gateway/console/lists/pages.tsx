import { type Context, Hono } from "hono";
import { ownFile, ownForm } from "../frame/own-form.ts";
import type { SignedInGuard } from "../sign-in/guard.tsx";
import { type At, about } from "./about.tsx";
import { listDesk } from "./desk.ts";
import { act, download, mend, order, showList, showOne, takeFile, upload } from "./list.tsx";
import { note, showCalls } from "./telephone.tsx";
import { cancelWork, showWork } from "./work.tsx";

/** `signedIn`: lets in whoever signed in. `now`: in milliseconds. */
type Given = { signedIn: SignedInGuard; now(): number };

const list = "/staff/centres/:centre/list";
const telephone = "/staff/centres/:centre/telephone";

/** A centre's own list and its telephone, and all long work. */
export const listPages = ({ signedIn, now }: Given): Hono => {
  const at = (of: (c: Context, at: At) => Promise<Response> | Response) => (c: Context) =>
    about(c, listDesk(c), (found) => of(c, found));
  const app = new Hono();
  for (const path of [list, `${list}/*`, telephone, "/work", "/work/*"]) app.use(path, signedIn);
  app.post(list, ownFile(16 * 1024 * 1024 + 64 * 1024), at(upload));
  for (const path of [`${list}/*`, telephone, "/work/*"]) app.use(path, ownForm(256 * 1024));
  app.get(list, at(showList));
  app.post(`${list}/export`, at(order));
  app.get(`${list}/model`, at(download));
  app.get(`${list}/:id`, at(showOne));
  for (const what of ["start", "cancel"] as const)
    app.post(
      `${list}/:id/${what}`,
      at((c, found) => act(c, found, what)),
    );
  app.post(`${list}/:id/rows`, at(mend));
  app.post(`${list}/:id/file`, at(takeFile));
  app.get(
    telephone,
    at((c, found) => showCalls(c, found, now())),
  );
  app.post(
    telephone,
    at((c, found) => note(c, found, now())),
  );
  app.get("/work", (c) => showWork(c, listDesk(c)));
  app.post("/work/:id/cancel", (c) => cancelWork(c, listDesk(c)));
  return app;
};
