import { refusal, type Refusal } from "../core/refusal.ts";

/** One map of a file, as text, and the line on which it begins. */
export interface RecordText {
  readonly text: string;
  readonly line: number;
}

/** No operation is longer; a file that goes on beyond it inside one map is no history. In characters. */
const RECORD_LENGTH_MAX = 16_000_000;

const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const SEMICOLON = 59;
const BACKSLASH = 92;
const BRACE = 123;
const UNDERSCORE = 95;

/** No map holds values inside values deeper than this: what reads them may go as deep. */
const DEPTH_MAX = 200;

/** What a character of ASCII does inside a map: 1 opens a bracket, 2 closes one, 3 changes how others are read. */
const ROLES = new Uint8Array(128);
for (const [role, characters] of [[1, "([{"], [2, ")]}"], [3, '";\\']] as const) {
  for (const character of characters) ROLES[character.charCodeAt(0)] = role;
}

/**
 * Cuts a file into the maps it is made of, one after the other or inside one vector, as EDN and JSON both have them. The
 * file comes in pieces of any length and is never held as a whole. A refusal is the last thing it yields.
 */
export function* recordsOf(chunks: Iterable<string>): Generator<RecordText | Refusal, void, void> {
  const cutter = new RecordCutter();
  for (const chunk of chunks) {
    const refused = yield* cutter.cut(chunk);
    if (refused) return;
  }
  const missing = cutter.missing();
  if (missing !== undefined) yield missing;
}

/** Where a reading stands between two pieces of a file. */
class RecordCutter {
  #line = 1;
  /** Brackets open inside the record. */
  #depth = 0;
  #record = "";
  #recordLine = 0;
  #vectorLine = 0;
  #vector: "none" | "open" | "closed" = "none";
  #records = 0;
  #inString = false;
  #escaped = false;
  #inComment = false;
  #inTag = false;
  /** The last character was the # of a tag. */
  #hash = false;
  /** How many maps that come next are left out, because `#_` stands before them. */
  #discards = 0;

  /** Yields the records that end in a piece; true when it yielded a refusal. */
  *cut(chunk: string): Generator<RecordText | Refusal, boolean, void> {
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === NEWLINE) this.#line++;
      if (this.#depth > 0) {
        if (this.#depth > DEPTH_MAX) {
          yield refusal("badHistory", `Line ${this.#line}: values lie inside one another more than ${DEPTH_MAX} deep.`);
          return true;
        }
        if (!this.#closes(code)) continue;
        if (this.#discards > 0) this.#discards--;
        else yield { text: this.#record + chunk.slice(from, at + 1), line: this.#recordLine };
        this.#record = "";
        this.#records++;
      } else if (this.#begins(code)) {
        from = at;
      } else {
        const word = this.#strange(code, chunk, at);
        if (word === undefined) continue;
        yield refusal(
          "badHistory",
          `Line ${this.#line}: a history is made of maps, but here is ${JSON.stringify(word)}.`,
        );
        return true;
      }
    }
    if (this.#depth > 0) this.#record += chunk.slice(from);
    if (this.#record.length <= RECORD_LENGTH_MAX) return false;
    yield refusal("badHistory", `Line ${this.#recordLine}: the map that begins here is too long to be an operation.`);
    return true;
  }

  /** What the end of the file leaves open. */
  missing(): Refusal | undefined {
    if (this.#depth > 0) return refusal("badHistory", `Line ${this.#recordLine}: { is never closed.`);
    if (this.#vector === "open") return refusal("badHistory", `Line ${this.#vectorLine}: [ is never closed.`);
    return undefined;
  }

  /** Goes on by one character inside a record; true when it is the record's last. */
  #closes(code: number): boolean {
    if (this.#escaped) this.#escaped = false;
    else if (this.#inString) {
      if (code === BACKSLASH) this.#escaped = true;
      else if (code === QUOTE) this.#inString = false;
    } else if (this.#inComment) this.#inComment = code !== NEWLINE;
    else {
      const role = code < 128 ? ROLES[code] : 0;
      if (role === 1) this.#depth++;
      else if (role === 2) return --this.#depth === 0;
      else if (role === 3) this.#changesReading(code);
    }
    return false;
  }

  #changesReading(code: number): void {
    if (code === QUOTE) this.#inString = true;
    else if (code === SEMICOLON) this.#inComment = true;
    else this.#escaped = true;
  }

  /** True when a record begins with this character. */
  #begins(code: number): boolean {
    if (code !== BRACE || this.#inComment || this.#vector === "closed") return false;
    this.#depth = 1;
    this.#inTag = this.#hash = false;
    this.#recordLine = this.#line;
    return true;
  }

  /** Passes over what may stand between records; returns the word that may not. */
  #strange(code: number, chunk: string, at: number): string | undefined {
    if (this.#inComment || code <= 32 || code === COMMA) {
      if (code === NEWLINE) this.#inComment = false;
      if (code <= 32) this.#inTag = false;
      return undefined;
    }
    if (this.#inTag) {
      if (this.#hash && code === UNDERSCORE) this.#discards++;
      this.#hash = false;
      return undefined;
    }
    const role = code < 128 ? ROLES[code] : 0;
    if (code === SEMICOLON) this.#inComment = true;
    else if (code === HASH) this.#inTag = this.#hash = true;
    else if (role === 1 && this.#vector === "none" && this.#records === 0) {
      this.#vector = "open";
      this.#vectorLine = this.#line;
    } else if (role === 2 && this.#vector === "open") this.#vector = "closed";
    else return chunk.slice(at, at + 20).split(/[\s,]/)[0];
    return undefined;
  }
}
