/** What EventBridge counts for its bill: numbers of the fact `metered`. */

export const Counter = {
  /** Events by PutEvents, in chunks. */
  Events: 0,
  /** Calls of API destinations, in chunks. */
  ApiDestinations: 1,
  /** Bytes that an archive took. */
  Archived: 2,
  /** Events that a replay sent on, in chunks. */
  Replayed: 3,
  /** Invocations by Scheduler. */
  Schedules: 4,
  /** Executions of a pipe, in chunks. */
  Pipes: 5,
} as const;
