import { z } from "zod";
import { logNormal, type Distribution } from "../core/distribution.ts";
import { mutates, type OperationKind } from "../core/operations.ts";
import type { Stream } from "../core/random.ts";
import { usOf, type Us } from "../core/time.ts";
import { Duration, Name, Percent } from "../core/units.ts";
import { FLOW } from "../sim/flows.ts";
import { journeyOf } from "../sim/idempotencyKey.ts";
import { STAGE } from "../sim/journeys.ts";
import type { Message, Request } from "../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";
import { NOTHING, reply, type Answer } from "./answer.ts";
import { refersTo, type ComponentKind } from "./component.ts";
import { Deadlines } from "./deadlines.ts";
import { fullBucket, takeToken, type TokenBucket } from "./rateLimit.ts";
import type { Built, Site } from "./site.ts";

/** Somebody else's system: a card network, a fraud service, a mail provider. */
export const PartnerConfig = z.strictObject({
  kind: z.literal("partner"),
  in: Name.describe("zone through which it is reached"),
  p50: Duration.default(50).describe("how long it takes to answer, median"),
  p99: Duration.default(200).describe("and 99th percentile, of a log-normal"),
  errors: Percent.default(0).describe("share of requests that it answers with an error; half of them took effect"),
  rateLimit: z.number().min(0).default(0).describe("requests a second; more are refused; 0: no limit"),
  burst: z.int().min(1).default(10).describe("requests that may come at once within its rate limit"),
  concurrent: z.int().min(0).default(0).describe("requests at once; more are refused; 0: no limit"),
  idempotent: z
    .boolean()
    .default(true)
    .describe("a request with a key that it knows is answered again and has no second effect"),
  keys: z.int().min(1).max(1_000_000).default(1_000),
});
export type PartnerConfig = z.infer<typeof PartnerConfig>;

/** A partner that was built, and what can go wrong with it: nobody here can mend it. */
export interface BuiltPartner extends Built {
  readonly kind: "partner";
  /** How often requests that change something took effect: more often than there were operations is a double effect. */
  effects(): number;
  /** Of operations whose effect took place, how many took it more than once. */
  repeated(): number;
  /** From now on it turns away this share of requests (0 to 1). Troubles are kept by fault. */
  outage(fault: number, share: number): void;
  /** From now on it takes this many times as long. */
  slow(fault: number, times: number): void;
  /** What this fault did is over. */
  relieve(fault: number): void;
  /** All troubles together: the share that it turns away, and how many times as long it takes. */
  trouble(): Trouble;
}

/** A request that it works on, with the luck that decides whether it ends in an error. */
interface Taken {
  readonly request: Request;
  readonly share: number;
}

interface Trouble {
  readonly share: number;
  readonly times: number;
}

const TIMER = 0;
const TAKES: readonly OperationKind[] = ["read", "write", "increment", "order"];

/**
 * The partner as a process at the edge of a zone: it has no machine that could crash, and is reached over the same links
 * as the zone's machines.
 */
class Partner implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #config: PartnerConfig;
  readonly #takesUs: Distribution;
  readonly #luck: Stream;
  readonly #errorLuck: Stream;
  readonly #outageLuck: Stream;
  readonly #troubles = new Map<number, Trouble>();
  readonly #inProgress: Deadlines<Taken>;
  readonly #bucket: TokenBucket;
  readonly #values = new Map<number, number>();
  readonly #answered = new Map<number, Answer>();
  readonly #effects = new Map<number, number>();
  #busy = 0;

  constructor(world: World, self: ProcessId, name: string, config: PartnerConfig) {
    this.#world = world;
    this.#self = self;
    this.#config = config;
    this.#takesUs = logNormal(usOf(config.p50), usOf(config.p99));
    this.#luck = world.streams.stream("partner", name);
    this.#errorLuck = world.streams.stream("partnerErrors", name);
    this.#outageLuck = world.streams.stream("partnerOutages", name);
    this.#inProgress = new Deadlines(world, self, TIMER);
    this.#bucket = fullBucket({ perSecond: config.rateLimit, burst: config.burst }, 0);
  }

  get effects(): ReadonlyMap<number, number> {
    return this.#effects;
  }

  afflict(fault: number, trouble: Trouble): void {
    this.#troubles.set(fault, trouble);
  }

  relieve(fault: number): void {
    this.#troubles.delete(fault);
  }

  receive(from: ProcessId, message: unknown): void {
    const body = message as Message;
    if (body.type === "request") this.#admit(body);
    else if (body.type === "probe") {
      this.#world.send(
        this.#self,
        from,
        { type: "probeReply", call: body.call, report: null },
        CHANNEL.requests,
        -1,
        FLOW.none,
      );
    }
  }

  timer(): void {
    for (let taken = this.#inProgress.due(); taken !== undefined; taken = this.#inProgress.due()) {
      this.#busy--;
      reply(this.#world, this.#self, taken.request, this.#serve(taken));
    }
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  #admit(request: Request): void {
    const { nowUs } = this.#world.kernel;
    // All draws for every request, so that a trouble moves nobody's luck.
    const takesUs = this.#takesUs.sample(this.#luck);
    const share = this.#errorLuck();
    const reason = this.#turnsAway(this.#outageLuck(), nowUs);
    this.#world.journeys.reach(request.operation, -1, STAGE.travelling, nowUs);
    if (reason !== "") {
      reply(this.#world, this.#self, request, { ...NOTHING, outcome: "refused", reason, node: -1 });
      return;
    }
    this.#busy++;
    this.#inProgress.add(takesUs * this.trouble().times, { request, share });
  }

  #turnsAway(share: number, nowUs: Us): string {
    const { rateLimit, burst, concurrent } = this.#config;
    if (share < this.trouble().share) return "partnerDown";
    if (concurrent > 0 && this.#busy >= concurrent) return "partnerBusy";
    return takeToken(this.#bucket, { perSecond: rateLimit, burst }, nowUs) ? "" : "rateLimited";
  }

  trouble(): Trouble {
    const all = [...this.#troubles.values()];
    return {
      share: Math.max(0, ...all.map(({ share }) => share)),
      times: all.reduce((product, { times }) => product * times, 1),
    };
  }

  #serve({ request, share }: Taken): Answer {
    const { errors, idempotent } = this.#config;
    const known = idempotent ? this.#answered.get(request.operation) : undefined;
    if (known !== undefined) return known;
    if (share < errors / 2) return { ...NOTHING, outcome: "unknown", reason: "partnerError", node: -1 };
    const answer: Answer = { ...NOTHING, outcome: "ok", value: this.#take(request), node: -1 };
    if (mutates(request.kind)) this.#answered.set(request.operation, answer);
    return share < errors ? { ...NOTHING, outcome: "unknown", reason: "partnerError", node: -1 } : answer;
  }

  /** Does what is asked, and counts it; the answer is the value of a read. */
  #take({ kind, key, argument, operation }: Request): number | null {
    const before = this.#values.get(key) ?? null;
    if (!mutates(kind)) return before;
    this.#values.set(key, kind === "write" ? (argument ?? 0) : (before ?? 0) + (argument ?? 0));
    const journey = journeyOf(operation);
    this.#effects.set(journey, (this.#effects.get(journey) ?? 0) + 1);
    return null;
  }
}

function buildPartner(site: Site, index: number, name: string, config: PartnerConfig): BuiltPartner {
  const { world } = site;
  const zone = site.zone(config.in);
  let partner!: Partner;
  const process = world.addProcess(
    { zone, network: "backbone" },
    (self) => (partner = new Partner(world, self, name, config)),
  );
  const there = [{ process, node: -1, zone }];
  return {
    index,
    name,
    kind: "partner",
    summary: `partner · ${config.idempotent ? "idempotent" : "not idempotent"}`,
    // It stands on none of our machines.
    instances: [],
    keys: config.keys,
    instancesFor: () => there,
    reaches: [index],
    effects: () => [...partner.effects.values()].reduce((sum, times) => sum + times, 0),
    repeated: () => [...partner.effects.values()].filter((times) => times > 1).length,
    outage: (fault, share) => partner.afflict(fault, { share, times: 1 }),
    slow: (fault, times) => partner.afflict(fault, { share: 0, times }),
    relieve: (fault) => partner.relieve(fault),
    trouble: () => partner.trouble(),
  };
}

export const partner: ComponentKind<PartnerConfig, BuiltPartner> = {
  kind: "partner",
  about:
    "Somebody else's system: answers in its own time, has limits and outages, and can't be restarted by operators.",
  source: "Nygard 2007, Release It!, section 4.1 (integration points).",
  simplified: [
    "It never forgets a key, and keeps one number per key: what was written last, or the sum of what was ordered.",
  ],
  config: PartnerConfig,
  takes: () => TAKES,
  references: (config) => refersTo("zone", "in", [config.in]),
  build: buildPartner,
};
