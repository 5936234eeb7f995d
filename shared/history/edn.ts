import { refusal, type Refusal } from "../core/refusal.ts";
import { stringOf, wordOf } from "./ednAtoms.ts";

/** A value of EDN, Clojure's notation. Keywords and symbols are read as strings, sets and lists as arrays. */
export type EdnValue = null | boolean | number | string | readonly EdnValue[] | EdnMap;

/** A map of EDN whose keys are keywords, and the line on which it begins. */
export interface EdnMap {
  readonly line: number;
  readonly fields: ReadonlyMap<EdnValue, EdnValue>;
}

/** True when a value is a map. */
export function isEdnMap(value: unknown): value is EdnMap {
  return typeof value === "object" && value !== null && "fields" in value;
}

/** True when a value has no map inside, so that it can be told from others by how it is written. */
export function isMapless(value: unknown): boolean {
  return Array.isArray(value) ? (value as unknown[]).every(isMapless) : !isEdnMap(value);
}

/**
 * Reads all values of a text that begins on a line of a file. Tags are skipped and leave the value that they stand
 * before; what `#_` stands before is left out. Refuses with the line and the reason.
 */
export function readEdn(text: string, firstLine = 1): EdnValue[] | Refusal {
  return new EdnReader(text, firstLine).read();
}

/** A bracket that is still open, and what has been read inside it. */
interface Frame {
  readonly opening: string;
  readonly closing: string;
  readonly line: number;
  readonly items: EdnValue[];
  /** How many values that come next are to be left out. */
  discards: number;
}

const [NEWLINE, QUOTE, SEMICOLON, HASH, BACKSLASH] = [10, 34, 59, 35, 92];
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "#{": "}" };
/** For each character of ASCII: 1 blank, 2 bracket, 3 beginning of something else that ends a word. */
const KINDS = new Uint8Array(128);
for (let code = 0; code <= 32; code++) KINDS[code] = 1;
KINDS[44] = 1;
for (const bracket of "()[]{}") KINDS[bracket.charCodeAt(0)] = 2;
KINDS[QUOTE] = KINDS[SEMICOLON] = 3;

class EdnReader {
  readonly #text: string;
  readonly #open: Frame[];
  #at = 0;
  #line: number;

  constructor(text: string, firstLine: number) {
    this.#text = text;
    this.#line = firstLine;
    this.#open = [{ opening: "", closing: "", line: firstLine, items: [], discards: 0 }];
  }

  read(): EdnValue[] | Refusal {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      const kind = code < 128 ? KINDS[code] : 0;
      if (code === NEWLINE) this.#line++;
      if (kind === 1) this.#at++;
      else {
        const refused = kind === 2 ? this.#bracket(this.#text[this.#at]!) : this.#other(code);
        if (refused !== undefined) return refused;
      }
    }
    const last = this.#open.at(-1)!;
    if (this.#open.length > 1) return this.#refuse(`${last.opening} is never closed`, last.line);
    return last.discards > 0 ? this.#refuse("#_ stands before nothing") : last.items;
  }

  #bracket(bracket: string): Refusal | undefined {
    this.#at++;
    if (Object.hasOwn(CLOSING, bracket)) return this.#begin(bracket);
    const frame = this.#open.at(-1)!;
    if (frame.closing !== bracket) return this.#refuse(`${bracket} closes nothing that is open`);
    if (frame.discards > 0) return this.#refuse("#_ stands before nothing");
    const value = closed(frame);
    if (typeof value === "string") return this.#refuse(value, frame.line);
    this.#open.pop();
    this.#add(value);
    return undefined;
  }

  #begin(opening: string): undefined {
    this.#open.push({ opening, closing: CLOSING[opening]!, line: this.#line, items: [], discards: 0 });
  }

  /** Reads a comment, a string, a word, or what begins with #. */
  #other(code: number): Refusal | undefined {
    if (code === SEMICOLON) {
      const end = this.#text.indexOf("\n", this.#at);
      this.#at = end < 0 ? this.#text.length : end;
      return undefined;
    }
    if (code === QUOTE) return this.#string();
    if (code === HASH) return this.#hash();
    const word = this.#word(code === BACKSLASH ? this.#at + 2 : this.#at);
    const value = wordOf(word);
    if (value === undefined) return this.#refuse(`${word.slice(0, 40)} can't be read`);
    this.#add(value);
    return undefined;
  }

  /** `#{` begins a set, `#_` leaves out what comes next, `##NaN` is a word, and any other is a tag. */
  #hash(): Refusal | undefined {
    const next = this.#text[this.#at + 1];
    if (next === "{" || next === "_") {
      this.#at += 2;
      if (next === "{") return this.#begin("#{");
      this.#open.at(-1)!.discards++;
      return undefined;
    }
    const word = this.#word(this.#at);
    if (word.length === 1) return this.#refuse(`${JSON.stringify(this.#text.slice(this.#at - 1, this.#at + 9))} can't be read`);
    if (word.startsWith("##")) this.#add(word);
    return undefined;
  }

  /** The word from here on to the next blank, bracket, string or comment that lies at or behind a place. */
  #word(from: number): string {
    let end = from > this.#at ? from : this.#at + 1;
    for (; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code < 128 && KINDS[code] !== 0) break;
    }
    const word = this.#text.slice(this.#at, end);
    this.#at = end;
    return word;
  }

  #string(): Refusal | undefined {
    let end = this.#at + 1;
    for (let code; (code = this.#text.charCodeAt(end)) !== QUOTE; end++) {
      if (end >= this.#text.length)
        return this.#refuse(`${JSON.stringify(this.#text.slice(this.#at, this.#at + 10))} can't be read`);
      if (code === BACKSLASH) end++;
    }
    const raw = this.#text.slice(this.#at, end + 1);
    const value = stringOf(raw);
    if (value === undefined) return this.#refuse(`${raw.slice(0, 40)} can't be read`);
    this.#at = end + 1;
    this.#line += raw.split("\n").length - 1;
    this.#add(value);
    return undefined;
  }

  #add(value: EdnValue): void {
    const frame = this.#open.at(-1)!;
    if (frame.discards > 0) frame.discards--;
    else frame.items.push(value);
  }

  #refuse(reason: string, line = this.#line): Refusal {
    return refusal("badHistory", `Line ${line}: ${reason}.`);
  }
}

/** The value that a bracket makes when it closes, which is no string; or a string that says what is wrong with it. */
function closed({ opening, line, items }: Frame): EdnValue {
  if (opening !== "{") return items.slice(); // without the room that a growing array keeps free
  if (items.length % 2 !== 0) return "the map has a key without a value";
  const fields = new Map<EdnValue, EdnValue>();
  for (let place = 0; place < items.length; place += 2) fields.set(items[place]!, items[place + 1]!);
  return fields.size * 2 === items.length ? { line, fields } : "the map has a key twice";
}
