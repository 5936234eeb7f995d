import { z } from "zod";
import { Name, Percent } from "../core/units.ts";
import type { Machine } from "../sim/machine.ts";
import type { Fault, FaultStage } from "./fault.ts";

const BadDeployConfig = z.strictObject({
  kind: z.literal("badDeploy"),
  component: Name.describe("what was deployed in a new version"),
  errors: Percent.default(0).describe("share of its requests that the new version answers with an error"),
  leak: z
    .number()
    .min(0)
    .max(5)
    .default(0)
    .describe("how much slower its machines become each second since they started"),
});
type BadDeploy = z.infer<typeof BadDeployConfig>;

/** How often a leak is felt, ms: once a second. */
const LEAK_MS = 1_000;
/** A leak makes nothing slower than this many times: by then it swaps all the time. */
const SLOWDOWN_MAX = 20;

function machinesOf(stage: FaultStage, component: string): Machine[] {
  const nodes = new Set(stage.component(component).instances.map(({ node }) => node));
  return [...nodes].map((node) => stage.world.machines[node]!);
}

function deploy(stage: FaultStage, { component, errors }: BadDeploy): void {
  stage.world.releases.deploy(stage.component(component).index, stage.id, errors);
}

/** False once operators have rolled it back. */
function isDeployed({ world, id, component }: FaultStage, params: BadDeploy): boolean {
  return world.releases.isDeployed(component(params.component).index, id);
}

/** Memory that is never given back: each second more time goes into looking for some. A restart begins anew. */
function wear(stage: FaultStage, params: BadDeploy, seconds: number): void {
  for (const machine of machinesOf(stage, params.component)) {
    if (machine.state !== "up") continue;
    const before = machine.affliction(stage.id)?.slowdown ?? 1;
    const slowdown = Math.min(SLOWDOWN_MAX, before + params.leak * seconds);
    machine.afflict(stage.id, { slowdown, trouble: badDeploy.describe(params) });
  }
}

function mend(stage: FaultStage, { component }: BadDeploy): void {
  for (const machine of machinesOf(stage, component)) machine.relieve(stage.id);
}

/**
 * A new version that is worse than the old one: it answers some requests with an error that does not say whether they took
 * effect, or it leaks. A restart ends a leak for a while; a rollback ends both.
 */
export const badDeploy: Fault<typeof BadDeployConfig> = {
  kind: "badDeploy",
  about:
    "A component's new version fails a share of its requests, or slows its machines down until they are restarted.",
  source: "Beyer et al. 2016, Site Reliability Engineering, chapter 8 (most outages follow a change; roll back first).",
  simplified: ["A failing request fails before it has any effect, and its client can't know that."],
  config: BadDeployConfig,
  names: ({ component }) => ({ components: [component] }),
  describe: ({ component }) => `bad deploy of ${component}`,
  telegraph(stage, params) {
    deploy(stage, { ...params, errors: params.errors / 10 });
    if (params.leak > 0) wear(stage, params, 1);
  },
  begin(stage, params) {
    deploy(stage, params);
    if (isDeployed(stage, params)) wear(stage, params, 0);
  },
  beat: {
    afterMs: () => LEAK_MS,
    strike: (stage, params) => (isDeployed(stage, params) ? wear(stage, params, 1) : mend(stage, params)),
  },
  end(stage, params) {
    stage.world.releases.withdraw(stage.component(params.component).index, stage.id);
    mend(stage, params);
  },
};
