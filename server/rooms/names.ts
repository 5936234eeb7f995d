import { type Refusal, refusal } from "../../shared/core/refusal.ts";

/** As in `PlayerName`. */
const LETTERS_MAX = 16;

/**
 * Stems that no projector in a classroom should show. Short on purpose: a host can remove whoever finds a way around,
 * and a long list mostly catches innocent towns.
 */
const UNWANTED = [
  "fuck",
  "shit",
  "cunt",
  "bitch",
  "whore",
  "nigg",
  "faggot",
  "nazi",
  "hitler",
  "penis",
  "vagina",
  "porn",
];

/** Digits that stand for letters: "sh1t". */
const LOOKALIKES: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  $: "s",
  "@": "a",
};

/** A refusal when a name is not for every eye. */
export function judgeName(name: string): Refusal | undefined {
  const letters = [...name.normalize("NFKD").toLowerCase()].map((letter) => LOOKALIKES[letter] ?? letter);
  const plain = letters.join("").replaceAll(/[^a-z]/g, "");
  if (!UNWANTED.some((stem) => plain.includes(stem))) return undefined;
  return refusal("nameUnwanted", "Pick another name: everybody in the room will read it.");
}

/** The name itself, or with a number behind it when somebody in the room has it already: "Ana 2". */
export function distinctName(name: string, taken: readonly string[]): string {
  const same = (other: string): boolean => other.toLowerCase() === candidate.toLowerCase();
  let candidate = name;
  for (let number = 2; taken.some(same); number += 1) {
    const suffix = ` ${number}`;
    candidate = name.slice(0, LETTERS_MAX - suffix.length).trimEnd() + suffix;
  }
  return candidate;
}
