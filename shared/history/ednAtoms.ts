const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?[NM]?$/;
const HEX = /^[+-]?0[xX][0-9a-fA-F]+N?$/;
const BEGINS_AS_NUMBER = /^[+-]?\d/;
const RATIO = /^[+-]?\d+\/\d+$/;
const CHARACTERS: Readonly<Record<string, string>> = { newline: "\n", return: "\r", space: " ", tab: "\t" };

/** Words that come again and again are kept once; no more of them than this. */
const WORDS_MAX = 4_096;
const words = new Map<string, string>();

/**
 * The value that a word of EDN stands for: nil, a boolean, a number, a character, a keyword without its colon, or a
 * symbol; undefined when it is none.
 */
export function wordOf(word: string): null | boolean | number | string | undefined {
  if (BEGINS_AS_NUMBER.test(word)) return numberOf(word);
  if (word === "nil") return null;
  if (word === "true" || word === "false") return word === "true";
  if (word.startsWith("\\")) return characterOf(word.slice(1));
  const known = words.get(word);
  if (known !== undefined) return known;
  const name = word.startsWith(":") ? word.slice(1) : word;
  if (words.size < WORDS_MAX) words.set(word, name);
  return name;
}

/**
 * A number. One that a double does not hold exactly, such as a whole number beyond 2⁵³ or a ratio, stays the text that it
 * is: so two that differ never look the same, and what has to calculate with it can refuse it.
 */
export function numberOf(text: string): number | string | undefined {
  if (RATIO.test(text)) return text;
  if (!NUMBER.test(text) && !HEX.test(text)) return undefined;
  const plain = text.replace(/[NM]$/, "");
  const sign = plain.startsWith("-") ? -1 : 1;
  const number = HEX.test(plain) ? sign * Number(plain.replace(/^[+-]/, "")) : Number(plain);
  return isExact(number) ? number : plain;
}

/** True when a number is what was written, and not the nearest that a double can hold. */
export function isExact(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}

function characterOf(name: string): string | undefined {
  if ([...name].length === 1) return name;
  if (/^u[0-9a-fA-F]{4}$/.test(name)) return String.fromCharCode(Number.parseInt(name.slice(1), 16));
  return Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : undefined;
}

/** A string with its quotes. Escapes are those of JSON, but it may run over lines. */
export function stringOf(raw: string): string | undefined {
  if (!raw.includes("\\") && !raw.includes("\n")) return raw.slice(1, -1);
  try {
    return JSON.parse(raw.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")) as string;
  } catch {
    return undefined;
  }
}
