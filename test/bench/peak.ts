/** A process that runs one workload once and prints the most memory it held, MiB: peak.ts WORKLOAD SIZE */
import { runForMemory } from './workloads/named.js';

const [name, size] = process.argv.slice(2);
process.stdout.write(String(await runForMemory(name, Number(size))));
