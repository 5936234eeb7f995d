import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scrapeConfig } from "../../client/panels/match/hud/scrapeConfig.ts";
import { stage } from "./stage.ts";

const on = stage();
const isHere = spawnSync("prometheus", ["--version"]).status === 0;
if (!isHere) process.stderr.write("Skipped: there is no prometheus here, so what a match tells it is not compared.\n");

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A Prometheus on loopback with the config that the page hands out; answers PromQL with values by one label. */
async function prometheusFor(code: string, token: string) {
  const port = await freePort();
  const config = join(on.folder, "prometheus.yml");
  writeFileSync(config, scrapeConfig(code, token, { protocol: "http:", host: `127.0.0.1:${on.app.port}` }));
  const program = spawn("prometheus", [`--config.file=${config}`, `--storage.tsdb.path=${join(on.folder, "tsdb")}`, `--web.listen-address=127.0.0.1:${port}`]);
  // Read to its end: a program that can't write what it has to say is killed by it.
  await new Promise<void>((resolve) => {
    program.stderr.on("data", (text) => void (String(text).includes("ready to receive web requests") && resolve()));
  });
  const ask = async (promql: string, label = ""): Promise<Record<string, number>> => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/query?query=${encodeURIComponent(promql)}`);
    const { data } = (await answer.json()) as { data: { result: { metric: Record<string, string>; value: [number, string] }[] } };
    return Object.fromEntries(data.result.map(({ metric, value }) => [metric[label] ?? "", Number(value[1])]));
  };
  const stop = async (): Promise<void> => {
    program.kill();
    await once(program, "exit");
  };
  return { ask, stop };
}

describe("a real Prometheus", () => {
  test.skipIf(!isHere)("that scrapes three minutes of play answers with the match's own figures", async () => {
    const solo = await on.solo({ level: "04-two-lamps" });
    await solo.until(({ view }) => view !== null);
    const prometheus = await prometheusFor(solo.crew.code, solo.crew.scrapeToken!);
    try {
      for (let minute = 1; minute <= 3; minute++) {
        await on.clock.wind(60_000);
        // The clock stands now; a scrape from while it was wound is older than what the player sees.
        let seconds = 0;
        while (seconds < minute * 60 - 1 || solo.view!.clockMs !== seconds * 1_000)
          seconds = (await prometheus.ask("split_brain_virtual_seconds"))[""] ?? 0;
        const { served, late, refused, unknown, wrong } = solo.view!.gauges;
        const buckets = await prometheus.ask("sum by (bucket) (split_brain_booked_operations)", "bucket");
        expect(buckets).toEqual({ served, late, refused, unknown, wrong });
        const ended = await prometheus.ask("sum(split_brain_operations_total)");
        expect(ended[""]).toBe(served + late + refused + unknown + wrong);
        const answered = await prometheus.ask('sum(split_brain_operations_total{outcome="ok"})');
        expect(await prometheus.ask("sum(split_brain_latency_seconds_count)")).toEqual(answered);
      }
    } finally {
      await prometheus.stop();
    }
  });
});
