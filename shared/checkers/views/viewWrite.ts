import type { Operation } from "../../history/operation.ts";
import { WrittenValue } from "../writtenValue.ts";

/** A write as a place in the orders of all views: what comes before it whoever looks. */
export class ViewWrite extends WrittenValue {
  /** −1 for what stands for what a client had read, and is no write. */
  readonly key: number;
  /** Its number in all views, counted from 0 in the order in which writes are first heard of; −1 until then. */
  number = -1;
  /** What comes right before it for everybody: the write before by the same client, what that client had read. */
  before: ViewWrite[] = NOTHING;
  /** For each of these: id of the read that tells so; −1 where the order of the client does. */
  readBy: number[] = NO_READS;
  /** In the view of its own client: it comes after everything that was known at this place of the line; 0: after nothing. */
  floor = 0;
  /** The search that came by here last. */
  mark = 0;

  constructor(key: number, write?: Operation) {
    super(write);
    this.key = key;
  }

  /** True for the value that a key has before anybody writes. */
  get isInitial(): boolean {
    return this.write < 0 && this.key >= 0;
  }
}

const NOTHING: ViewWrite[] = [];
const NO_READS: number[] = [];
