/** One line of the demonstration, for whoever watches it. */
export const say = (line: string) => process.stdout.write(`${line}\n`);
