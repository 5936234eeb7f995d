/** The one generator of seedrandom that the game draws from; the package types only its entry point. */
declare module "seedrandom/lib/alea.js" {
  interface AleaState {
    c: number;
    s0: number;
    s1: number;
    s2: number;
  }
  interface Alea {
    (): number;
    int32(): number;
    double(): number;
    quick(): number;
    state(): AleaState;
  }
  export default function alea(seed: string, options?: { state?: boolean | AleaState }): Alea;
}
