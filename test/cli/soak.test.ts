import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { drawScenario, SUBJECTS } from "../../server/cli/soak/scenario.ts";
import { playScenario } from "../../server/cli/soak/play.ts";
import { soak } from "../../server/cli/soak/soaking.ts";
import { protocols } from "../../shared/protocols/registry.ts";
import { ROOT } from "../importsOf.ts";

interface Said {
  readonly code: number;
  readonly out: string;
  readonly complaint: string;
}

function run(...options: string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(ROOT, "server/cli/soak.ts"), ...options], { cwd: ROOT }, (failed, out, complaint) => {
      resolve({ code: failed === null ? 0 : Number(failed.code), out, complaint });
    });
  });
}

/** A clock that takes each look for a second: how long a soak goes on doesn't hang on how fast this machine is. */
function lookedAt(): () => number {
  let looks = 0;
  return () => (looks += 1_000);
}

const { raft } = protocols;

/** Raft whose leaders acknowledge writes before anybody else has them. */
const hasty: typeof raft = {
  ...raft,
  request(state, io, request, body) {
    if (body.kind === "write" && state.role === "leader") io.answer(request, { outcome: "ok", value: null, position: 0 });
    raft.request(state, io, request, body);
  },
};

describe("npm run soak", () => {
  test("a minute of random clusters in random trouble breaks nothing", { timeout: 300_000 }, async () => {
    const { code, out } = await run("--seconds", "60", "--seed", "ci");
    expect(out).toContain("Nothing broke.");
    expect(code).toBe(0);
    for (const subject of SUBJECTS) expect(out).toContain(`${subject} `);
  });

  test("the same seed is the same run", () => {
    expect(drawScenario("quorum-7-3")).toEqual(drawScenario("quorum-7-3"));
    expect(playScenario(drawScenario("quorum-7-3"))).toEqual(playScenario(drawScenario("quorum-7-3")));
  });

  test("a protocol that acknowledges before a quorum has the write is caught, and the schedule shrinks", { timeout: 240_000 }, () => {
    Object.assign(protocols, { raft: hasty });
    try {
      const soaking = { seed: "hasty", subjects: ["raft"], seconds: 100, shrinkSeconds: 120, clockMs: lookedAt(), passed: () => {} };
      const { failure } = soak(soaking);
      expect(failure?.sentence).toMatch(/^promise: raft\//);
      expect(failure?.smallest.sketch.faults.length).toBeLessThanOrEqual(1);
      expect(failure?.smallest.wishes).toEqual([]);
      expect(failure?.smallest.sketch.workload.length).toBeLessThanOrEqual(3);
    } finally {
      Object.assign(protocols, { raft });
    }
  });

  test("options that make no sense are turned down in one sentence", async () => {
    const mistakes = [["--seconds", "soon"], ["--only", "cobol"], ["--sed", "1"], ["1"]];
    for (const options of mistakes) {
      const { code, out, complaint } = await run(...options);
      expect(code).toBe(2);
      expect(out).toBe("");
      expect(complaint.trim().split("\n")).toHaveLength(1);
    }
  });
});
