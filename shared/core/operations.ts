/** What kind of argument an operation carries. */
export type ArgumentKind =
  /** None. */
  | "none"
  /** A value that nobody wrote before, so that whoever sees it knows where it comes from. */
  | "fresh"
  /** A number of something: money, votes, megabytes. */
  | "amount"
  /** An element that its client has seen. */
  | "seen";

/** One thing that clients can ask of a component. */
export interface OperationCard {
  /** One sentence: what it asks, with the fields of an operation that it uses. */
  readonly about: string;
  /** False for those that only look. */
  readonly mutates: boolean;
  readonly argument: ArgumentKind;
  /** True when it names a second key beside its first: whom the money goes to, who is followed. */
  readonly other: boolean;
}

/** Everything that a client can ask; each kind of component takes some of them (`ComponentKind.takes`). */
export const operations = {
  read: { about: "Asks for the value of a key, or for all its elements.", mutates: false, argument: "none", other: false },
  write: { about: "Sets the value of a key.", mutates: true, argument: "fresh", other: false },
  cas: { about: "Sets the value of a key if it is the one last seen.", mutates: true, argument: "fresh", other: false },
  append: { about: "Adds an element to the end of a key's list.", mutates: true, argument: "fresh", other: false },
  add: { about: "Adds an element to a key's set.", mutates: true, argument: "fresh", other: false },
  remove: { about: "Takes an element that was seen out of a key's set.", mutates: true, argument: "seen", other: false },
  increment: { about: "Adds an amount to a key's count.", mutates: true, argument: "amount", other: false },
  transfer: { about: "Moves an amount from an account to another.", mutates: true, argument: "amount", other: true },
  audit: { about: "Asks for the balances of all accounts at one moment.", mutates: false, argument: "none", other: false },
  order: { about: "Begins a piece of work over several services, for an amount.", mutates: true, argument: "amount", other: true },
  publish: { about: "Hands over a message or a document of a key.", mutates: true, argument: "fresh", other: false },
  upload: { about: "Stores an object of so many megabytes under a key.", mutates: true, argument: "amount", other: false },
  post: { about: "Publishes a new item of an author to all followers.", mutates: true, argument: "fresh", other: false },
  timeline: { about: "Asks for the newest items of all whom a reader follows.", mutates: false, argument: "none", other: false },
  follow: { about: "Lets a reader follow an author.", mutates: true, argument: "none", other: true },
  search: { about: "Asks which documents have a key's term.", mutates: false, argument: "none", other: false },
  scan: { about: "Asks for the values of all keys in a key's block of so many neighbours, and how many it covers.", mutates: false, argument: "amount", other: false },
} as const satisfies Record<string, OperationCard>;

/** The name of an operation: Jepsen's function `:f`. */
export type OperationKind = keyof typeof operations;

/** All names, in the order of the catalogue. */
export const OPERATION_KINDS = Object.keys(operations) as [OperationKind, ...OperationKind[]];

/** True when an operation changes something: for drawing, costs and session tokens. */
export function mutates(kind: OperationKind): boolean {
  return operations[kind].mutates;
}

/** The keys that a scan is about: blocks of so many lie side by side from key 0 on. */
export function blockOf(key: number, size: number): number[] {
  const first = key - (key % size);
  return Array.from({ length: size }, (_, place) => first + place);
}
