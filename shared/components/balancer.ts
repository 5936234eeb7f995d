import { z } from "zod";
import type { Stream } from "../core/random.ts";
import { Roll } from "../core/roll.ts";
import { mutates } from "../core/operations.ts";
import { usOf, type Us } from "../core/time.ts";
import { Interval, Name } from "../core/units.ts";
import { FLOW } from "../sim/flows.ts";
import type { Message, Reply, Request } from "../sim/message.ts";
import { CHANNEL, type Process, type ProcessId } from "../sim/process.ts";
import type { World } from "../sim/world.ts";
import { Ejection, EjectionConfig } from "./balancing/ejection.ts";
import { groupOf, type Group } from "./balancing/group.ts";
import type { Target } from "./balancing/policy.ts";
import { balancingPolicies, type BalancingPolicyName } from "./balancing/registry.ts";
import { spreadSettings, waysOver, type Spread } from "./balancing/spread.ts";
import { NOTHING, reply } from "./answer.ts";
import { refersTo, type ComponentKind, type Reference } from "./component.ts";
import type { BuiltMembership } from "./membership/membership.ts";
import { Survey } from "./membership/survey.ts";
import type { Built, Site } from "./site.ts";

const policyNames = Object.keys(balancingPolicies) as [BalancingPolicyName, ...BalancingPolicyName[]];

/** A balancer stands at the edge of each of its zones and spreads the requests of that zone's clients. */
export const BalancerConfig = z.strictObject({
  kind: z.literal("balancer"),
  in: z.array(Name).min(1).describe("zones in which it stands"),
  to: z.union([Name.transform((name) => [name]), z.array(Name).min(1)]).describe("what it spreads requests over"),
  policy: z.enum(policyNames).default("roundRobin"),
  healthCheck: Interval.default(1_000).describe("time between two health checks of a target"),
  failAfter: z.int().min(1).max(20).default(3).describe("checks in a row without an answer before a target is left out"),
  health: Name.optional().describe("the membership that says which nodes are fit; for others it has health checks of its own"),
  ejectErrors: EjectionConfig.optional(),
  local: z.boolean().default(true).describe("prefer targets of the zone that clients are routed to"),
});
export type BalancerConfig = z.infer<typeof BalancerConfig>;

export interface BuiltBalancer extends Built {
  readonly kind: "balancer";
  readonly spread: Spread;
  /** The process that clients of a zone ask. */
  entry(zone: number): ProcessId;
  readonly balancers: readonly Balancer[];
}

interface Pending {
  readonly request: Request;
  readonly target: Target;
  readonly sinceUs: Us;
}

const TIMER_HEALTH = 0;
/** No zone in particular. */
const ANYWHERE = -1;
const NOBODY: readonly Target[] = [];
/** After this long a request that never came back no longer counts as outstanding. */
const FORGET_US = 10_000_000;

/** One zone's balancer: a process at the edge. It can be wrong about its targets, but it does not fail. */
export class Balancer implements Process {
  readonly #world: World;
  readonly #self: ProcessId;
  readonly #zone: number;
  readonly #spread: Spread;
  readonly #checkUs: Us;
  readonly #failAfter: number;
  readonly #local: boolean;
  readonly #targets: readonly Target[];
  /** By the choice of `through`: which group is asked for a target. */
  readonly #groupOf: readonly ReadonlyMap<number, Group>[];
  readonly #luck: Stream;
  readonly #survey: Survey | null;
  readonly #ejection: Ejection | null;
  readonly #pending = new Roll<Pending>();
  #calls = 0;
  #turns = 0;

  constructor(site: Site, self: ProcessId, zone: number, spread: Spread, config: BalancerConfig) {
    this.#world = site.world;
    this.#self = self;
    this.#zone = zone;
    this.#spread = spread;
    this.#checkUs = usOf(config.healthCheck);
    this.#failAfter = config.failAfter;
    this.#local = config.local;
    this.#luck = site.world.streams.stream("balancing", `${config.to.join("+")}/${zone}`);
    const group = config.health === undefined ? null : (site.built(config.health) as BuiltMembership).group;
    this.#survey = group && new Survey(site.world, self, group);
    const groups = config.to.map((name) => groupOf(site, name));
    this.#targets = groups.flatMap(({ targets }) => [...targets.values()]);
    const { ejectErrors } = config;
    this.#ejection = ejectErrors === undefined ? null : new Ejection(ejectErrors, this.#targets.map(({ instance }) => instance.process));
    this.#groupOf = waysOver(groups.map(({ built }) => built)).map(
      (routes) => new Map([...routes].map(([target, built]) => [target, groups.find((group) => group.built === built)!])),
    );
    site.world.setTimer(self, TIMER_HEALTH, this.#checkUs);
  }

  receive(from: ProcessId, message: unknown): void {
    const body = message as Message;
    if (body.type === "request") this.#pass(body);
    else if (body.type === "reply") this.#answered(body);
    else if (body.type === "probeReply") this.#heard(from, body.report);
  }

  timer(): void {
    this.#survey?.ask();
    this.#believe();
    for (const target of this.#targets) this.#check(target);
    this.#forgetLost();
    this.#ejection?.judge(this.#world.kernel.nowUs);
    this.#world.setTimer(this.#self, TIMER_HEALTH, this.#checkUs);
  }

  workDone(): void {}
  synced(): void {}
  crashed(): void {}
  restarted(): void {}

  #pass(request: Request): void {
    const target = this.#choose(request);
    if (target === null) {
      reply(this.#world, this.#self, request, { ...NOTHING, outcome: "refused", reason: "noHealthyNode", node: -1 });
      return;
    }
    const call = this.#calls++;
    target.outstanding++;
    this.#pending.add(call, { request, target, sinceUs: this.#world.kernel.nowUs });
    const flow = request.attempt > 1 ? FLOW.retry : mutates(request.kind) ? FLOW.write : FLOW.read;
    const passed: Request = { ...request, replyTo: this.#self, call };
    this.#world.send(this.#self, target.instance.process, passed, CHANNEL.requests, request.operation, flow);
  }

  /** Nodes with an agent are as fit as the membership says; the others are probed from here. */
  #check(target: Target): void {
    const { node, process } = target.instance;
    if (this.#survey?.covers(node) === true) return;
    target.missed++;
    if (target.missed > this.#failAfter) target.healthy = false;
    this.#world.send(this.#self, process, { type: "probe", call: 0 }, CHANNEL.requests, -1, FLOW.none);
  }

  #choose(request: Request): Target | null {
    const { weights, route, through } = this.#spread;
    const group = this.#groupOf[through]!.get(request.target)!;
    const near = this.#local ? this.#usable(group, request.key, route[this.#zone]!) : NOBODY;
    const choice = near.length > 0 ? near : this.#usable(group, request.key, ANYWHERE);
    if (choice.length === 0) return null;
    const policy = balancingPolicies[this.#spread.policy];
    return choice[policy.choose(choice, (target) => weights[target.instance.node] ?? 1, this.#turns++, this.#luck)]!;
  }

  /** Targets in a zone that may be sent requests for a key. */
  #usable({ built, targets }: Group, key: number, zone: number): readonly Target[] {
    const { weights, drained } = this.#spread;
    const usable: Target[] = [];
    for (const instance of built.instancesFor(key)) {
      if (zone !== ANYWHERE && instance.zone !== zone) continue;
      const target = targets.get(instance.process)!;
      if (!target.healthy || drained[instance.node] === true || weights[instance.node] === 0) continue;
      if (this.#ejection?.isOut(instance.process, this.#world.kernel.nowUs) === true) continue;
      usable.push(target);
    }
    return usable;
  }

  #answered(reply: Reply): void {
    const pending = this.#pending.get(reply.call);
    if (pending === undefined) return;
    this.#pending.delete(reply.call);
    pending.target.outstanding--;
    const failed = reply.outcome === "refused" || reply.outcome === "unknown";
    this.#ejection?.note(pending.target.instance.process, failed, this.#world.kernel.nowUs - pending.sinceUs);
    this.#world.send(this.#self, pending.request.replyTo, { ...reply, call: pending.request.call }, CHANNEL.requests, -1, FLOW.none);
  }

  #heard(from: ProcessId, report: unknown): void {
    if (this.#survey?.answered(from, report) === true) this.#believe();
    else this.#alive(from);
  }

  /** Takes over what the agents say of the nodes they stand on. */
  #believe(): void {
    for (const target of this.#targets) {
      const { node } = target.instance;
      if (this.#survey?.covers(node) === true) target.healthy = this.#survey.isFit(node);
    }
  }

  #alive(process: ProcessId): void {
    for (const target of this.#targets) {
      if (target.instance.process !== process) continue;
      target.missed = 0;
      target.healthy = true;
    }
  }

  #forgetLost(): void {
    const oldestUs = this.#world.kernel.nowUs - FORGET_US;
    for (const [call, pending] of this.#pending.entries()) {
      if (pending.sinceUs > oldestUs) break;
      pending.target.outstanding--;
      this.#ejection?.note(pending.target.instance.process, true, FORGET_US);
      this.#pending.delete(call);
    }
  }
}

/** One process at the edge of each zone, all with the same settings. */
function buildBalancer(site: Site, index: number, name: string, config: BalancerConfig): BuiltBalancer {
  const { world } = site;
  const spread: Spread = {
    policy: config.policy,
    weights: world.machines.map(() => 1),
    drained: world.machines.map(() => false),
    route: Array.from({ length: world.network.zones }, (_, zone) => zone),
    through: 0,
  };
  const balancers: Balancer[] = [];
  const entries = new Map<number, ProcessId>();
  for (const zoneName of config.in) {
    const zone = site.zone(zoneName);
    const process = world.addProcess({ zone, network: "public" }, (self) => {
      const balancer = new Balancer(site, self, zone, spread, config);
      balancers.push(balancer);
      return balancer;
    });
    entries.set(zone, process);
  }
  const first = entries.values().next().value!;
  const ways = waysOver(config.to.map((target) => site.built(target)));
  return {
    index,
    name,
    kind: "balancer",
    summary: `balancer · ${balancers.length} ${balancers.length === 1 ? "zone" : "zones"}`,
    instances: [],
    spread,
    balancers,
    keys: 1,
    instancesFor: () => [],
    reaches: [...ways[0]!.keys()],
    next: (target) => ways[spread.through]!.get(target),
    entry: (zone) => entries.get(zone) ?? first,
    settings: spreadSettings(spread, config.to, ways),
  };
}

function healthOf({ health }: BalancerConfig): Reference[] {
  return health === undefined ? [] : refersTo("component", "health", [health], ["membership"]);
}

export const balancer: ComponentKind<BalancerConfig, BuiltBalancer> = {
  kind: "balancer",
  stands: "edge",
  about: "Spreads the requests of a zone's clients over nodes, with health checks, weights and drain.",
  config: BalancerConfig,
  takes: () => [],
  references: (config) => [...refersTo("zone", "in", config.in), ...refersTo("component", "to", config.to), ...healthOf(config)],
  build: buildBalancer,
};
