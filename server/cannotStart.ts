/** Why the server can't start, in one sentence for the person who tries. Anything else that is thrown is a bug. */
export class CannotStart extends Error {}
