import { invariant } from "../../shared/core/invariant.ts";
import type { DataTypeName } from "../../shared/protocols/crdt/registry.ts";
import type { OperationKind } from "../../shared/core/operations.ts";
import type { Protocol, ReplicationConfig, StoreAnswer, StoreRequest, Stop } from "../../shared/protocols/protocol.ts";
import { NO_EVENTS, type VectorClock } from "../../shared/protocols/vectorClock.ts";
import { Cluster } from "./cluster.ts";
import { Master } from "./master.ts";
import type { Weather } from "./weather.ts";

/** Replicas 0, 1, 2 and so on, until a story calls one otherwise. */
const NAMES = ["Oak", "Pike", "Reed", "Fern", "Moss"];
/** How long a client waits for an answer. */
const PATIENCE_MS = 2_000;
/** Each story is played with all of these: what it tells holds whatever the replicas' luck is. */
const SEEDS = ["story", "saga", "legend", "fable", "myth"];

export interface StoryOptions {
  readonly protocol: Protocol<unknown, unknown>;
  readonly replicas?: number;
  readonly config?: Partial<ReplicationConfig>;
  readonly weather?: Weather;
}

/**
 * Plays a story, one sentence a line, on a cluster in fair weather, and tells it back with what really happened after
 * each "→". A story that comes back unchanged came true under every seed. Sentences: see `SENTENCES`.
 */
export function play(script: string, options: StoryOptions): string {
  const tellings = SEEDS.map((seed) => playOnce(script, options, seed));
  return tellings.find((telling) => telling !== script) ?? script;
}

function playOnce(script: string, options: StoryOptions, seed: string): string {
  const story = new Story(options, seed);
  return script
    .split("\n")
    .map((line) => (line.trim() === "" ? line : story.tell(line)))
    .join("\n");
}

interface Session {
  position: number;
  context: VectorClock;
}

class Story {
  readonly cluster: Cluster<unknown, unknown>;
  readonly master: Master;
  readonly #sessions = new Map<string, Session>();
  readonly #names = [...NAMES];
  #operations = 0;

  constructor({ protocol, replicas = 3, config, weather }: StoryOptions, seed: string) {
    const shared = { protocol, replicas, seed, ...(config && { config }), ...(weather && { weather }) };
    this.cluster = new Cluster(shared);
    this.master = new Master(this.cluster);
  }

  tell(line: string): string {
    const [sentence = ""] = line.split("→");
    for (const [pattern, act] of SENTENCES) {
      const match = pattern.exec(sentence.trim());
      if (match === null) continue;
      const happened = act(this, match.slice(1));
      return happened === undefined ? line : `${sentence.trimEnd()} → ${happened}`;
    }
    throw new Error(`story: nothing is known that reads "${sentence.trim()}"`);
  }

  replica(name: string): number {
    const replica = this.#names.indexOf(name);
    invariant(replica >= 0 && replica < this.cluster.places, `story: there is no replica ${name}`);
    return replica;
  }

  replicas(names: string): number[] {
    return names.split(/, | and /).map((name) => this.replica(name));
  }

  /** A client asks and waits. A new operation each time, unless it is told to ask the last one again. */
  ask(client: string, at: string, body: Pick<StoreRequest, "kind" | "argument" | "expected">, again = false): string {
    const session = this.#sessions.get(client) ?? { position: 0, context: NO_EVENTS };
    this.#sessions.set(client, session);
    if (!again) this.#operations += 1;
    const whole = {
      ...body,
      operation: this.#operations,
      key: 1,
      sessionPosition: session.position,
      context: session.context,
    };
    const path: string[] = [];
    let end: StoreAnswer | undefined;
    const answered = (answer: StoreAnswer): void => {
      if (answer.outcome !== "redirect") end = answer;
      else {
        path.push(`sent on to ${this.#names[answer.to]}, `);
        this.cluster.ask(answer.to, whole, answered);
      }
    };
    this.cluster.ask(this.replica(at), whole, answered);
    this.cluster.runUntil(() => end !== undefined, PATIENCE_MS);
    if (end?.outcome === "ok" || end?.outcome === "fail") session.position = Math.max(session.position, end.position);
    if (end?.outcome === "ok") session.context = end.context ?? session.context;
    return path.join("") + outcomeOf(end, body.kind === "read");
  }

  status(name: string): string {
    const { role, term, position, follows } = this.cluster.status(this.replica(name));
    const whom = follows < 0 ? "" : `, follows ${this.#names[follows]}`;
    return `${role}${role === "replica" ? "" : ` of ${term}`}${whom}, at ${position}`;
  }

  /** What a replica is, without the term: how many it took to elect somebody is a matter of luck. */
  role(name: string): string {
    const { role, position } = this.cluster.status(this.replica(name));
    return `${role}, at ${position}`;
  }

  /** Gives the leader of the newest term a name of its own, because luck decides who it is. */
  callLeader(name: string): void {
    const terms = this.#names.map((_, replica) => (replica < this.cluster.places ? this.#termLed(replica) : -1));
    const newest = Math.max(...terms);
    invariant(newest >= 0, "story: nobody leads");
    this.#names[terms.indexOf(newest)] = name;
  }

  /** The term that a replica leads, or −1. */
  #termLed(replica: number): number {
    const { role, term } = this.cluster.status(replica);
    return this.cluster.isUp(replica) && role === "leader" ? term : -1;
  }
}

function outcomeOf(answer: StoreAnswer | undefined, isRead: boolean): string {
  if (answer === undefined || answer.outcome === "redirect" || answer.outcome === "elsewhere") return "no answer";
  if (answer.outcome === "refused") return `refused, ${answer.reason}`;
  if (answer.outcome === "fail") return "another value was found";
  if (!isRead) return "acknowledged";
  const { value, values } = answer;
  if (values !== undefined && values.length > 0 && values.join() !== String(value))
    return `${value}: ${values.join(", ")}`;
  return value === null ? "nothing" : String(value);
}

const VERBS: Readonly<Record<string, OperationKind>> = { adds: "add", removes: "remove", counts: "increment" };

/** Every sentence that a story may use. What it returns is told after the arrow. */
const SENTENCES: readonly (readonly [RegExp, (story: Story, words: string[]) => string | undefined])[] = [
  [
    /^(\w+) writes (\d+) at (\w+)( again)?$/,
    (story, [client = "", value, at = "", again]) =>
      story.ask(client, at, { kind: "write", argument: Number(value), expected: null }, again !== undefined),
  ],
  [
    /^(\w+) reads at (\w+)$/,
    (story, [client = "", at = ""]) => story.ask(client, at, { kind: "read", argument: null, expected: null }),
  ],
  [
    /^(\w+) replaces (\d+) by (\d+) at (\w+)$/,
    (story, [client = "", expected, value, at = ""]) =>
      story.ask(client, at, { kind: "cas", argument: Number(value), expected: Number(expected) }),
  ],
  [
    /^(\w+) (adds|removes|counts) (-?\d+) at (\w+)( again)?$/,
    (story, [client = "", verb, argument, at = "", again]) =>
      story.ask(client, at, { kind: VERBS[verb!]!, argument: Number(argument), expected: null }, again !== undefined),
  ],
  [
    /^an operator orders (\w+) to repair$/,
    (story, [name = ""]) => quietly(() => story.cluster.command(story.replica(name), { type: "repair" })),
  ],
  [/^(\w+) is$/, (story, [name = ""]) => story.status(name)],
  [/^(\w+)'s role is$/, (story, [name = ""]) => story.role(name)],
  [/^whoever leads now is called (\w+)$/, (story, [name = ""]) => quietly(() => story.callLeader(name))],
  [/^(\d+) ms pass$/, (story, [ms]) => quietly(() => story.cluster.run(Number(ms)))],
  [
    /^([\w, ]+) (?:is|are) cut off$/,
    (story, [names = ""]) => quietly(() => story.cluster.partition(story.replicas(names))),
  ],
  [
    /^(\w+) does not hear (\w+)$/,
    (story, [to = "", from = ""]) => quietly(() => story.cluster.cut(story.replica(from), story.replica(to))),
  ],
  [/^the network heals$/, (story) => quietly(() => story.cluster.heal())],
  [/^(\w+) crashes$/, (story, [name = ""]) => quietly(() => story.cluster.crash(story.replica(name)))],
  [/^(\w+) stands still$/, (story, [name = ""]) => quietly(() => story.cluster.pause(story.replica(name)))],
  [/^(\w+) goes on$/, (story, [name = ""]) => quietly(() => story.cluster.resume(story.replica(name)))],
  [/^(\w+) restarts$/, (story, [name = ""]) => quietly(() => story.cluster.restart(story.replica(name)))],
  [
    /^(\w+) restarts with an empty disk$/,
    (story, [name = ""]) => quietly(() => story.cluster.restart(story.replica(name), true)),
  ],
  [
    /^an operator promotes (\w+), with ([\w, ]+) as members$/,
    (story, [name = "", members = ""]) =>
      quietly(() => story.cluster.command(story.replica(name), { type: "promote", members: story.replicas(members) })),
  ],
  [
    /^an operator tells (\w+) that the members are ([\w, ]+)$/,
    (story, [name = "", members = ""]) =>
      quietly(() => story.cluster.command(story.replica(name), { type: "members", members: story.replicas(members) })),
  ],
  [
    /^an operator tells (\w+) to step down$/,
    (story, [name = ""]) => quietly(() => story.cluster.command(story.replica(name), { type: "stepDown" })),
  ],
  [
    /^an operator tells (\w+) to hand over to (\w+)$/,
    (story, [name = "", to = ""]) =>
      taken(story.cluster.command(story.replica(name), { type: "transfer", to: story.replica(to) })),
  ],
  [
    /^an operator tells (\w+) to add (\w+)$/,
    (story, [name = "", added = ""]) =>
      taken(story.cluster.command(story.replica(name), { type: "addReplica", replica: story.replica(added) })),
  ],
  [
    /^an operator tells (\w+) to take out (\w+)$/,
    (story, [name = "", gone = ""]) =>
      taken(story.cluster.command(story.replica(name), { type: "removeReplica", replica: story.replica(gone) })),
  ],
  [/^operators fence (\w+)$/, (story, [name = ""]) => quietly(() => story.master.fence(story.replica(name)))],
  [/^operators let (\w+) in$/, (story, [name = ""]) => quietly(() => story.master.letIn(story.replica(name)))],
  [/^counts are kept as (\w+)$/, (story, [data]) => quietly(() => story.cluster.configure({ data: data as DataTypeName }))],
  [/^the dial is turned to (\w+)$/, (story, [stop]) => quietly(() => story.cluster.configure({ stop: stop as Stop }))],
  [
    /^(\w+)'s clock is (-?\d+) ms ahead$/,
    (story, [name = "", ms]) => quietly(() => story.cluster.setSkew(story.replica(name), Number(ms))),
  ],
];

function quietly(act: () => unknown): undefined {
  act();
}

function taken(isTaken: boolean): string {
  return isTaken ? "taken" : "not taken";
}
