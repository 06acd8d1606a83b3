/** Work that can be done once, and measured. Making one builds all that does not belong to the work. */
export interface Workload {
  /** How much was done: messages, events or customers. Read after `run`. */
  readonly units: number;
  run(): void;
  /** Something that depends on the whole run, for comparing runs with each other and with the theory. */
  result(): number;
}
