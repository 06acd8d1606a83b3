import { cpus } from 'node:os';

/** Where this was measured. For whoever watches; figures that are kept anywhere go without it. */
export function machineLine(): string {
  const all = cpus();
  return `${all[0]?.model ?? 'unknown processor'}, ${all.length} cores, Node ${process.version}\n\n`;
}
