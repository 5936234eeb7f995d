import { z } from "zod";
import { exponential, type Distribution } from "../core/distribution.ts";
import type { Stream } from "../core/random.ts";
import { usOf, type Ms, type Us } from "../core/time.ts";
import { Duration, Name } from "../core/units.ts";
import type { Reply, Request } from "../sim/message.ts";
import { refersTo, type ComponentKind } from "./component.ts";
import { Endpoint, type Standing } from "./endpoint.ts";
import { fullBucket, takeToken, type RateLimit, type TokenBucket } from "./rateLimit.ts";
import { choice, figure } from "./setting.ts";
import { nearest, routesOver, type Built, type Setting, type Site } from "./site.ts";

const PER = ["session", "zone"] as const;

const Limit = z
  .strictObject({
    perSecond: z.number().min(0.1).max(100_000).describe("requests a second"),
    burst: z.int().min(1).max(100_000).default(10).describe("requests that may come at once"),
    per: z.enum(PER).default("session").describe("who shares a limit: nobody, or all clients of a zone"),
  })
  .describe("rate limit of each instance; without these lines there is none");

/** One door for all clients: who they are, how much they may ask, and which service has the answer. */
export const GatewayConfig = z.strictObject({
  kind: z.literal("gateway"),
  on: z.array(Name).min(1),
  to: z
    .union([Name.transform((name) => [name]), z.array(Name).min(1)])
    .describe("what it passes requests on to, by what they are for"),
  time: Duration.default(1).describe("CPU time to check who asks and to pass it on, mean of an exponential"),
  timeout: Duration.default(10_000).describe("how long it waits for an answer; 0s: for ever"),
  limit: Limit.optional(),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;

/** What operators may set; one for all instances. */
interface GatewayPolicy extends RateLimit {
  per: (typeof PER)[number];
  timeoutMs: Ms;
}

interface Plan {
  readonly name: string;
  readonly policy: GatewayPolicy;
  readonly costUs: Distribution;
  readonly routes: ReadonlyMap<number, Built>;
}

/** Buckets kept; the one that was used longest ago goes first, and is full by then. */
const BUCKETS = 10_000;

/** One instance of a gateway on one node. */
class GatewayInstance extends Endpoint<Request> {
  readonly #plan: Plan;
  readonly #luck: Stream;
  readonly #workLuck: Stream;
  readonly #buckets = new Map<number, TokenBucket>();
  #overLimit = 0;

  constructor(standing: Standing, plan: Plan) {
    super(standing);
    this.#plan = plan;
    const name = `${plan.name}/${standing.machine.name}`;
    this.#luck = standing.world.streams.stream("calls", name);
    this.#workLuck = standing.world.streams.stream("service", name);
  }

  gauges(): readonly number[] {
    return [this.callsInFlight, this.#overLimit];
  }

  protected costUs(): Us {
    return this.#plan.costUs.sample(this.#workLuck);
  }

  protected override turnAway(request: Request): string {
    const allowed = this.#isAllowed(request);
    // A mean over about the last hundred requests.
    this.#overLimit += ((allowed ? 0 : 1) - this.#overLimit) / 100;
    return allowed ? "" : "rateLimited";
  }

  protected serve(request: Request): void {
    const callee = this.#plan.routes.get(request.target)!;
    const { process } = nearest(callee.instancesFor(request.key), this.machine.zone, this.#luck);
    const { timeoutMs } = this.#plan.policy;
    this.call(process, request, request, timeoutMs === 0 ? Infinity : timeoutMs);
  }

  protected override answered(request: Request, reply: Reply | null): void {
    if (reply === null) this.unclear(request, "timeout");
    else this.reply(request, reply);
  }

  protected override forget(): void {
    this.#buckets.clear();
  }

  #isAllowed({ session, replyTo }: Request): boolean {
    const { policy } = this.#plan;
    const { nowUs } = this.world.kernel;
    if (policy.perSecond === 0) return true;
    // Zones count below the sessions, which count from 0; work of a component's own has no session.
    const who = policy.per === "session" && session >= 0 ? session : -1 - this.world.zoneOf(replyTo);
    const bucket = this.#buckets.get(who) ?? fullBucket(policy, nowUs);
    this.#buckets.delete(who);
    this.#buckets.set(who, bucket);
    if (this.#buckets.size > BUCKETS) this.#buckets.delete(this.#buckets.keys().next().value!);
    return takeToken(bucket, policy, nowUs);
  }
}

function settingsOf(policy: GatewayPolicy): Setting[] {
  return [
    figure(policy, "perSecond", {
      name: "rateLimit",
      about: "Requests a second that each may ask, 0 for no limit; low ones turn good clients away.",
      unit: "perSecond",
      min: 0,
      max: 100_000,
    }),
    figure(policy, "burst", {
      name: "burst",
      about: "Requests that may come at once within the limit.",
      unit: "count",
      min: 1,
      max: 100_000,
    }),
    choice(policy, "per", {
      name: "limitPer",
      about: "Who shares a limit: nobody, or all clients of a zone.",
      choices: PER,
    }),
    figure(policy, "timeoutMs", {
      name: "timeout",
      about: "How long it waits for an answer, 0 for ever.",
      unit: "ms",
      min: 0,
      max: 60_000,
    }),
  ];
}

function buildGateway(
  site: Site,
  index: number,
  name: string,
  config: GatewayConfig,
): Built & { readonly kind: "gateway" } {
  const { world } = site;
  const { perSecond = 0, burst = 10, per = "session" } = config.limit ?? {};
  const policy: GatewayPolicy = { perSecond, burst, per, timeoutMs: config.timeout };
  const routes = routesOver(config.to.map((callee) => site.built(callee)));
  const plan: Plan = { name, policy, costUs: exponential(usOf(config.time)), routes };
  const instances = config.on.map((nodeName) => {
    const node = site.node(nodeName);
    const machine = world.machines[node]!;
    let instance!: GatewayInstance;
    const process = world.addProcess(
      { machine: node },
      (self) => (instance = new GatewayInstance({ world, self, machine, index }, plan)),
    );
    return { process, node, zone: machine.zone, gauges: () => instance.gauges() };
  });
  return {
    index,
    name,
    kind: "gateway",
    summary: `gateway · ${instances.length} ${instances.length === 1 ? "instance" : "instances"}`,
    instances,
    keys: 1,
    instancesFor: () => instances,
    reaches: [...routes.keys()],
    next: (target) => routes.get(target),
    settings: settingsOf(policy),
  };
}

export const gateway: ComponentKind<GatewayConfig, Built & { readonly kind: "gateway" }> = {
  kind: "gateway",
  about:
    "One door before several services: checks who asks, limits how much, and passes each request to whoever has the answer.",
  source: "Richardson 2018, Microservices Patterns, section 8.2.",
  simplified: ["Each instance counts for itself: two of them let twice the rate pass."],
  config: GatewayConfig,
  takes: () => [],
  references: (config) => [...refersTo("node", "on", config.on), ...refersTo("component", "to", config.to)],
  gauges: [
    { name: "calls in flight", unit: "count", combine: "sum" },
    { name: "over the limit", unit: "share", combine: "mean" },
  ],
  build: buildGateway,
};
