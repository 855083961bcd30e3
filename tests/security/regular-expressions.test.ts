import ts from "typescript";
import { describe, expect, test } from "vitest";
import { descendants, lineOf, parse, type Source, sourcesIn } from "../support/sources.ts";

/*
 * No text that somebody sends may cost more than its length is worth. Each regular expression of the code is tried on
 * texts of growing length that are made from its own letters and end so that nothing matches.
 */

type Found = { at: string; expression: RegExp };

const literalOf = (node: ts.Node): RegExp | undefined => {
  if (ts.isRegularExpressionLiteral(node)) {
    const [, source = "", flags] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? [];
    return new RegExp(source, flags);
  }
  const builds = ts.isNewExpression(node) || ts.isCallExpression(node);
  if (!builds || node.expression.getText() !== "RegExp") return undefined;
  const [source, flags] = node.arguments ?? [];
  if (!source || !ts.isStringLiteralLike(source)) return undefined;
  return new RegExp(source.text, flags && ts.isStringLiteralLike(flags) ? flags.text : undefined);
};

const expressionsIn = (source: Source): Found[] =>
  descendants(source.tree).flatMap((node) => {
    const expression = literalOf(node);
    return expression ? [{ at: lineOf(source, node), expression }] : [];
  });

const usual = ["a", "A", "0", "9", " ", "-", ".", ",", "\n", "é", "="];
/** What may repeat: letters, and the expression's own. */
const piecesOf = ({ source }: RegExp): string[] => {
  const own = [...source.replace(/\\[a-zA-Z]/g, "")].filter((each) => !/[\\()[\]{}|?*+^$]/.test(each));
  const single = [...new Set([...usual, ...own])].slice(0, 24);
  const longest = source.match(/[\p{L}\d@#:/=;,. -]{2,}/gu) ?? [];
  const pairs = single.slice(0, 14).flatMap((one) => single.slice(0, 14).map((other) => one + other));
  return [...single, ...pairs, ...longest];
};

const longest = 20_000;
const boundMs = 150;
const spent = (expression: RegExp, text: string): number => {
  const began = performance.now();
  expression.lastIndex = 0;
  text.replace(expression, "");
  return performance.now() - began;
};

/** Grows by steps, so that what doubles with each letter is seen before it takes for ever. */
const tooSlow = (expression: RegExp, piece: string): number | undefined => {
  for (const length of [24, 28, 200, 2_000, longest]) {
    for (const end of ["\0", "!"]) {
      const text = piece.repeat(Math.ceil(length / piece.length)) + end;
      // Twice, since a machine may be busy with something else.
      if (spent(expression, text) > boundMs && spent(expression, text) > boundMs) return length;
    }
  }
  return undefined;
};

const faultOf = ({ at, expression }: Found): string | undefined => {
  for (const piece of piecesOf(expression)) {
    const length = tooSlow(expression, piece);
    if (length !== undefined)
      return `${at}\n  over ${boundMs} ms for ${length} letters of ${JSON.stringify(piece)}`;
  }
  return undefined;
};

describe.each(["schema", "adapters", "gateway"])("%s", (folder) => {
  const all = sourcesIn(folder).flatMap(expressionsIn);

  test("has regular expressions", () => {
    expect(all.length).toBeGreaterThan(5);
  });

  test("and none of unbounded cost", () => {
    const once = [...new Map(all.map((each) => [String(each.expression), each])).values()];
    expect(once.flatMap((each) => faultOf(each) ?? [])).toEqual([]);
  });
});

test.each(["/^(a+)+$/", "/^(\\d+,?)*;$/", "/(\\s*a)*b$/", "/^([\\w.]+)*@x$/", 'new RegExp("^(a|a)*c")'])(
  "one of unbounded cost would be seen: %s",
  (code) => {
    const [found] = expressionsIn(parse("gateway/http/sample.ts", `const x = ${code};`));
    expect(found && faultOf(found)).toBeDefined();
  },
);
