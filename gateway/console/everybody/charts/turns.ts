/*
 * Drawing keeps the gateway from everything else for as long as it takes, and anybody may ask for a picture that nobody
 * has asked for before. So one is drawn after the other, with a rest four times as long behind each: whatever is asked,
 * pictures take a fifth of a processor.
 */

const restsMs = { times: 4, atMost: 400 };

const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** `undefined` where so many wait already that whoever comes now would wait for seconds. */
export const openTurns = (waitingAtMost: number) => {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return <Drawn>(draw: () => Promise<Drawn>): Promise<Drawn> | undefined => {
    if (waiting >= waitingAtMost) return undefined;
    waiting += 1;
    let began = 0;
    const drawn = last.then(() => {
      began = performance.now();
      return draw();
    });
    const over = async () => {
      waiting -= 1;
      await rest(Math.min(restsMs.atMost, restsMs.times * (performance.now() - began)));
    };
    last = drawn.then(over, over);
    return drawn;
  };
};
