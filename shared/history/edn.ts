import { refusal, type Refusal } from "../core/refusal.ts";

/** A value of EDN, Clojure's notation. Keywords and symbols are read as strings, sets and lists as arrays. */
export type EdnValue = null | boolean | number | string | readonly EdnValue[] | EdnMap;

/** A map of EDN whose keys are keywords, and the line on which it begins. */
export interface EdnMap {
  readonly line: number;
  readonly fields: ReadonlyMap<EdnValue, EdnValue>;
}

/** True when a value is a map. */
export function isEdnMap(value: EdnValue | undefined): value is EdnMap {
  return typeof value === "object" && value !== null && "fields" in value;
}

/** One token: blank or comment, tag, bracket, string, or a word. */
const TOKEN = /[\s,]+|;[^\n]*|#\{|#[^\s,()[\]{}"]+|[()[\]{}]|"(?:[^"\\]|\\[^])*"|[^\s,()[\]{}";#]+/y;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "#{": "}" };
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[NM]?$/;

/** A bracket that is still open, and what has been read inside it. */
interface Frame {
  readonly bracket: string;
  readonly line: number;
  readonly items: EdnValue[];
}

/**
 * Reads all values of a text that begins on a line of a file. Tags are skipped and leave the value that they stand
 * before. Refuses with the line and the reason.
 */
export function readEdn(text: string, firstLine = 1): EdnValue[] | Refusal {
  const root: Frame = { bracket: "", line: firstLine, items: [] };
  const open = [root];
  let line = firstLine;
  for (let at = 0; at < text.length;) {
    TOKEN.lastIndex = at;
    const word = TOKEN.exec(text)?.[0];
    if (word === undefined) return refuse(line, `${JSON.stringify(text.slice(at, at + 10))} can't be read`);
    at += word.length;
    if (word === " " || word === ", ") continue;
    const frame = open.at(-1)!;
    if (Object.hasOwn(CLOSING, word)) {
      open.push({ bracket: word, line, items: [] });
    } else if (word === "}" || word === "]" || word === ")") {
      if (CLOSING[frame.bracket] !== word) return refuse(line, `${word} closes nothing that is open`);
      const value = closed(frame);
      if (value === undefined) return refuse(frame.line, "the map has a key without a value");
      open.pop();
      open.at(-1)!.items.push(value);
    } else if (!/^[\s,;#]/.test(word)) {
      const value = atom(word);
      if (value === undefined) return refuse(line, `${word.slice(0, 40)} can't be read`);
      frame.items.push(value);
    }
    if (word.includes("\n")) line += word.split("\n").length - 1;
  }
  const last = open.at(-1)!;
  return last === root ? root.items : refuse(last.line, `${last.bracket} is never closed`);
}

function closed({ bracket, line, items }: Frame): EdnValue | undefined {
  if (bracket !== "{") return items;
  if (items.length % 2 !== 0) return undefined;
  const fields = new Map<EdnValue, EdnValue>();
  for (let place = 0; place < items.length; place += 2) fields.set(items[place]!, items[place + 1]!);
  return { line, fields };
}

function atom(word: string): EdnValue | undefined {
  if (word.startsWith('"')) return stringOf(word);
  if (NUMBER.test(word)) return Number(word.replace(/[NM]$/, ""));
  if (word === "nil") return null;
  if (word === "true" || word === "false") return word === "true";
  return word.startsWith(":") ? word.slice(1) : word;
}

/** Escapes are those of JSON, but a string may run over lines. */
function stringOf(word: string): string | undefined {
  try {
    return JSON.parse(word.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")) as string;
  } catch {
    return undefined;
  }
}

function refuse(line: number, reason: string): Refusal {
  return refusal("badHistory", `Line ${line}: ${reason}.`);
}
