/** What a Prometheus needs to watch this room's match, ready to be put into its configuration. */
export function scrapeConfig(code: string, token: string, { protocol, host }: Pick<Location, "protocol" | "host">): string {
  return [
    "scrape_configs:",
    "  - job_name: split-brain",
    "    scrape_interval: 1s",
    `    scheme: ${protocol.replace(":", "")}`,
    `    metrics_path: /metrics/match/${code}`,
    `    authorization: { credentials: ${token} }`,
    `    static_configs: [{ targets: ["${host}"] }]`,
    "",
  ].join("\n");
}
