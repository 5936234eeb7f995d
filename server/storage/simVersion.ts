/**
 * Version of the simulation's rules. It goes up with every change after which the same level, seed and intents give
 * another match; a stored match of another version can be shown, but not played on or replayed.
 */
export const SIM_VERSION = 1;
