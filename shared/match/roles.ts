/**
 * The four seats of a shift. Roles split sight from control, so that operators must talk; when fewer than four play,
 * one operator holds several, so that no missing player blocks a verb.
 */
export const ROLES = ["traffic", "data", "infra", "lead"] as const;
export type Role = (typeof ROLES)[number];

/** What a role sees, controls and tells the others: printed in the lobby and used by tests as the catalogue. */
export const ROLE_CARDS: Record<Role, { title: string; initial: string; sees: string; controls: string; tells: string }> = {
  traffic: {
    title: "Traffic",
    initial: "T",
    sees: "Rate, errors and waits per zone",
    controls: "Reroute, balance, drain, set timeouts and retries, shed load",
    tells: "Which zone hurts, and since when",
  },
  data: {
    title: "Data",
    initial: "D",
    sees: "Leaders, lag and quorums of every store",
    controls: "Consistency dial, promote, quorum sizes",
    tells: "Who leads, and how far behind the rest are",
  },
  infra: {
    title: "Infra",
    initial: "I",
    sees: "Nodes and links, as probed",
    controls: "Restart, fence, resize, switch on, send the repair crew",
    tells: "What is down, and what only looks down",
  },
  lead: {
    title: "Lead",
    initial: "L",
    sees: "The checker's light, the spend and every ping",
    controls: "Calls the plays: pings with a word",
    tells: "What to give up first, and when to stop",
  },
};

/**
 * Deals the roles to a crew of `size` operators (1–8), in the order of their seats. One person gets all four; from five
 * on, the list starts again, so that eight people sit in pairs.
 */
export function dealRoles(size: number): Role[][] {
  if (size === 1) return [[...ROLES]];
  if (size === 2) return [["lead", "data"], ["traffic", "infra"]];
  if (size === 3) return [["lead", "data"], ["traffic"], ["infra"]];
  const order: Role[] = ["lead", "data", "traffic", "infra"];
  return Array.from({ length: size }, (_, seat) => [order[seat % order.length]!]);
}
