import { every } from "hono/combine";
import { createMiddleware } from "hono/factory";
import type { Api } from "../../gateway/console/frame/api.ts";
import { speaks } from "../../gateway/console/frame/page.ts";
import type { Session, SignedIn, SignedInGuard } from "../../gateway/console/sign-in/guard.tsx";
import type { KeyName, Scene } from "../http/scene.ts";

/** Lets everybody in, as whoever that is: what stands before the pages of those who sign in. */
export const signedInAs = (whoever: () => Session | Promise<Session>): SignedInGuard =>
  every(
    speaks,
    createMiddleware<SignedIn>(async (c, next) => {
      c.set("session", await whoever());
      await next();
    }),
  ) as SignedInGuard;

/** The API of a scene as it answers to a key. */
export const apiBy =
  ({ app }: Scene, as: KeyName): Api =>
  (path, init) => {
    const headers = new Headers(init?.headers);
    headers.set("authorization", `Bearer key-${as}`);
    return app.request(path, { ...init, headers });
  };
