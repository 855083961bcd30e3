import type { Log } from "../../schema/adapter.ts";
import type { Evening } from "../../schema/evening.ts";
import type { Deps } from "../flows/deps.ts";
import { byCentre, centresWithNews, tellEvening, type Watcher } from "../flows/evening.ts";

/* Everybody who watches an evening at this gateway, and the one look that serves them all. */

/** A board that somebody has open. */
export type Board = {
  watcher: Watcher;
  /** Whether its reader may still be told. */
  mayRead(): Promise<boolean>;
  /** Over once the reader took it: until then they are told nothing more, and afterwards all that was missed at once. */
  tell(evening: Evening): Promise<unknown>;
  /** Says that it is still there. */
  beat(): Promise<unknown>;
  end(): void;
};

/** How often is looked, for all centres together. */
const everyMs = 400;
/** At how many centres at once what is new is read. */
const centresAtOnce = 4;

const isSame = (one: readonly string[] = [], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, nth) => id === other[nth]);

/** Whether an evening tells a watcher anything: the first does, even where nothing changed. */
const isNews = ({ changed, expected, surpluses }: Evening, watcher: Watcher): boolean =>
  watcher.surpluses === undefined ||
  changed.length + expected.length > 0 ||
  !isSame(watcher.surpluses, surpluses);

export const openBoards = ({ deps, log }: { deps: Deps; log: Log }) => {
  const boards = new Set<Board>();
  const busy = new Set<Board>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  const leave = (board: Board): void => {
    boards.delete(board);
    busy.delete(board);
    if (boards.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  const hold = (board: Board, writing: Promise<unknown>): void => {
    busy.add(board);
    writing.catch(() => leave(board)).finally(() => busy.delete(board));
  };

  const stay = async (board: Board): Promise<boolean> => {
    if (await board.mayRead()) return boards.has(board);
    leave(board);
    board.end();
    return false;
  };

  /** Reads one centre's evening for those of its boards that may still see it. */
  const serve = async (all: readonly Board[]): Promise<void> => {
    const stays = await Promise.all(all.map(stay));
    const staying = all.filter((_, nth) => stays[nth]);
    const told = await tellEvening(
      deps,
      staying.map(({ watcher }) => watcher),
    );
    for (const [nth, board] of staying.entries()) {
      const news = told[nth];
      if (!news) continue;
      const before = board.watcher;
      board.watcher = news.watcher;
      if (isNews(news.evening, before)) hold(board, board.tell(news.evening));
    }
  };

  const look = async (): Promise<void> => {
    const ready = [...boards].filter((board) => !busy.has(board));
    const news = await centresWithNews(
      deps,
      ready.map(({ watcher }) => watcher),
    );
    const open = byCentre(ready.map((board) => ({ centre: board.watcher.centre, board })));
    const waiting = [...news].flatMap((centre) => {
      const group = open.get(centre)?.map(({ board }) => board);
      return group ? [group] : [];
    });
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await serve(next).catch(() =>
          log.warn(
            { centre: next?.[0]?.watcher.centre.id },
            "an evening could not be told; the next look may",
          ),
        );
    };
    await Promise.all(Array.from({ length: centresAtOnce }, work));
  };

  const turn = (): void => {
    if (looking) return;
    looking = true;
    look()
      .catch(() => log.warn({ everyMs }, "the evenings could not be looked at; the next look may"))
      .finally(() => {
        looking = false;
      });
  };

  const join = (board: Board): void => {
    boards.add(board);
    timer ??= setInterval(turn, everyMs);
    turn();
  };

  /** Says that a board is still there; or ends it, where nothing happens and nobody else would ask whether it may be. */
  const pulse = async (board: Board): Promise<void> => {
    if (busy.has(board)) return;
    if (await stay(board).catch(() => true)) hold(board, board.beat());
  };

  return { join, leave, pulse };
};
