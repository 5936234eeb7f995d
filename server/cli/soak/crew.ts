import { ROLES } from "../../../shared/match/roles.ts";
import type { CrewMember } from "../../../shared/match/match.ts";

/** Who plays in a soak: one operator who may do everything. */
export const CREW: readonly CrewMember[] = [{ name: "Operator", roles: ROLES }];
