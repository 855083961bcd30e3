import type { KeyRole } from "../../../../schema/key.ts";
import type { Language } from "../../../../schema/primitives.ts";
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };

/* What is said to those who come here to work, before they do and where they may not. */

export type SignInWords = {
  title: string;
  /** For whom this page is, and for whom it is not. */
  who: string;
  /** `{name}`: what people know the provider by. */
  with: string;
  keyTitle: string;
  keyWhy: string;
  key: string;
  keyHint: string;
  go: string;
  /** What happened before, by its word in the address. */
  why: {
    over: string;
    out: string;
    lost: string;
    refused: string;
    /** The provider did not answer, or not as it should. */
    away: string;
  };
  /** On a machine that others use, somebody wants to be signed out there as well. */
  stillThere: string;
  signOutThere: string;
  fault: {
    key: string;
    role: string;
    /** The token does not fit in a cookie. */
    large: string;
    /** `{minutes}`. */
    wait: string;
    away: string;
  };
  done: { title: string; say: string };
  head: { signOut: string };
  role: Record<KeyRole, string>;
  /** A form came after the session was over. */
  lost: {
    title: string;
    kept: string;
    file: string;
    steps: string;
    signIn: string;
    again: string;
  };
  notYours: {
    title: string;
    /** `{role}`. */
    say: string;
    narrow: string;
    on: string;
    other: string;
    none: string;
  };
};

export const signInTexts: Record<Language, SignInWords> = { fr, nl, de, en };
