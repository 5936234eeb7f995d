/**
 * What every client's view of the operations has to keep to. A view is one order of all writes and of one client's own
 * reads in which each of those reads finds what was written last; each client may have another.
 * Source: Viotti & Vukolić 2016, sections 3.1 and 3.4, as in `memoryModels` (transactions/memoryModels.ts).
 */
export interface ViewModel {
  /** What somebody had read comes before what the same client writes next, for everybody. */
  readonly readsBeforeWrites: boolean;
  /** The writes of a client come in their order, for everybody. */
  readonly writesInOrder: boolean;
  /** A client's own view has its writes and its reads in one line, as it asked for them. */
  readonly ownWritesInLine: boolean;
}
