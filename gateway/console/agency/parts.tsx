import type { PropsWithChildren } from "hono/jsx";

/* Small pieces that several of these pages are made of. */

/** A form of one button that does one thing. */
export const Act = ({
  to,
  says,
  value,
  about,
  danger,
  children,
}: PropsWithChildren<{ to: string; says: string; value: string; about?: string; danger?: boolean }>) => (
  <form method="post" action={to} class="act">
    {children}
    <button type="submit" class={danger ? "danger" : "other"} name="do" value={value}>
      {says}
      {about && <span class="unseen"> {about}</span>}
    </button>
  </form>
);

/** By which a longer form does one of the things that it can; `second`: there is one that comes first now. */
export const Do = ({ what, says, second }: { what: string; says: string; second?: boolean }) => (
  <div class="choice short">
    <button type="submit" name="do" value={what} class={second ? "other" : "yes"}>
      {says}
    </button>
  </div>
);

/**
 * What would come of a form, below it, before it is done in earnest. `mark`: by which the form is known again, so that
 * nothing else is done than what was tried; `once`: so that it is done once.
 */
export const Tried = ({
  title,
  mark,
  once,
  children,
}: PropsWithChildren<{ title: string; mark: string; once: string }>) => (
  <section id="tried" class="tried" aria-labelledby="tried-title" tabindex={-1}>
    <h2 id="tried-title">{title}</h2>
    <input type="hidden" name="tried" value={mark} />
    <input type="hidden" name="once" value={once} />
    {children}
  </section>
);

type Long = { label: string; done: number; total: number; says: string };

/** How far something long has come, in a bar and in words. */
export const Bar = ({ label, done, total, says }: Long) => (
  <div class="long">
    <progress aria-label={label} value={done} max={Math.max(1, total)} />
    <p class="hint">{says}</p>
  </div>
);
