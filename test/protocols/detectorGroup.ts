import { addAgents, type MembershipAgent, type MembershipGroup } from "../../shared/components/membership/agent.ts";
import { msOf, usOf, type Ms } from "../../shared/core/time.ts";
import { DETECTOR_DEFAULTS, type DetectorSettings, type Opinion } from "../../shared/protocols/detectors/detector.ts";
import { detectors, type DetectorName } from "../../shared/protocols/detectors/registry.ts";
import { World } from "../../shared/sim/world.ts";

export interface DetectorGroupOptions {
  readonly detector: DetectorName;
  readonly members: number;
  readonly seed: string;
  readonly settings?: Partial<DetectorSettings>;
  /** Share of messages lost, 0 to 1. */
  readonly loss?: number;
  /** One-way delay, median and 99th percentile. */
  readonly delayMs?: readonly [p50: Ms, p99: Ms];
}

/** A change of one member's opinion of another. */
export interface Judgement {
  readonly atMs: Ms;
  readonly by: number;
  readonly member: number;
  readonly opinion: Opinion;
}

/** Machines in one zone that watch one another: the agents of the game over the network of the game. */
export class DetectorGroup {
  readonly world: World;
  readonly agents: readonly MembershipAgent[];
  readonly #group: MembershipGroup;
  readonly judgements: Judgement[] = [];

  constructor({ detector, members, seed, settings, loss = 0, delayMs = [1, 4] }: DetectorGroupOptions) {
    this.world = new World(1, () => ({ p50Ms: delayMs[0], p99Ms: delayMs[1] }), seed);
    for (let node = 0; node < members; node++) {
      this.world.addMachine({ name: `m${node}`, zone: 0, workers: 1, queueCap: 100, syncUs: 1 });
    }
    this.lose(loss);
    this.#group = {
      name: "group",
      detector: detectors[detector],
      members: [],
      nodes: this.world.machines.map(({ index }) => index),
      probe: "liveness",
      readyBelow: 10,
      settings: { ...DETECTOR_DEFAULTS, ...settings },
    };
    this.agents = addAgents(this.world, this.#group);
    for (const agent of this.agents) this.#listen(agent);
  }

  get nowMs(): Ms {
    return msOf(this.world.kernel.nowUs);
  }

  /** From now on this share of messages is lost. */
  lose(share: number): void {
    this.world.network.lane(0, 0).afflict(0, { loss: share, trouble: "" });
  }

  /** An operator's order: agents take it over as soon as they do anything. */
  configure(settings: DetectorSettings): void {
    this.#group.settings = settings;
  }

  run(forMs: Ms): void {
    this.world.kernel.runUntil(this.world.kernel.nowUs + usOf(forMs));
  }

  /** Runs until something holds, looking every 10 ms; false when it does not within `forMs`. */
  runUntil(holds: () => boolean, forMs: Ms): boolean {
    const untilMs = this.nowMs + forMs;
    while (!holds() && this.nowMs < untilMs) this.run(10);
    return holds();
  }

  crash(member: number): void {
    this.world.crash(this.world.machines[member]!);
  }

  restart(member: number): void {
    this.world.restart(this.world.machines[member]!, false);
  }

  pause(member: number): void {
    this.world.pause(this.world.machines[member]!);
  }

  resume(member: number): void {
    this.world.resume(this.world.machines[member]!);
  }

  opinion(by: number, of: number): Opinion {
    return this.agents[by]!.opinion(of);
  }

  /** What all others hold of a member. */
  opinionsOf(member: number): Opinion[] {
    return this.agents.filter(({ self }) => self !== member).map(({ self }) => this.opinion(self, member));
  }

  suspicions(): number {
    return this.judgements.filter(({ opinion }) => opinion === "suspect").length;
  }

  #listen(agent: MembershipAgent): void {
    const judged = agent.judged.bind(agent);
    agent.judged = (member, opinion) => {
      this.judgements.push({ atMs: this.nowMs, by: agent.self, member, opinion });
      judged(member, opinion);
    };
  }
}
