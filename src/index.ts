/**
 * The package's root, for Node: `wavetank/core` with a `loadScenario` that reads files.
 *
 * ```ts
 * import { loadScenario, simulate } from 'wavetank';
 * const result = simulate(loadScenario('scenarios/flash-sale.yaml', { seed: '7' }));
 * console.log(result.consumers['workers'].latency.p99Seconds);
 * ```
 */
import { readText } from './cli/files.js';
import { loadScenario as loadScenarioFrom } from './scenario/load.js';
import type { LoadOptions, Scenario } from './scenario/load.js';

export { openWorld } from './experiment/operations/open-world.js';
export type { OpenedWorld, WorldOptions } from './experiment/operations/open-world.js';
export type { AwsError } from './experiment/operations/aws-errors.js';
export type { Call } from './experiment/operations/call.js';
export type { ReceivedMessage } from './experiment/operations/receives.js';
export type { SnsOperations } from './experiment/operations/sns.js';
export type { SqsOperations } from './experiment/operations/sqs.js';
export { LimitError, simulate, Simulation } from './experiment/run.js';
export type { SimulateOptions } from './experiment/run.js';
export type { Progress } from './experiment/progress.js';
export type {
  ConsumerResult,
  CostLine,
  CostResult,
  Distribution,
  ExpectationResult,
  InvariantResult,
  Ledger,
  LevelResult,
  ResourceResult,
  RunReport,
  RunResult,
  TrafficResult,
} from './experiment/result.js';
export type { Facts } from './components/facts.js';
export { SilentFacts } from './observe/silent-facts.js';
export { InstantLimitError } from './kernel/instant-watch.js';
export { ENGINE_VERSION } from './experiment/version.js';
export { reportFiles } from './report/files.js';
export { ScenarioError } from './scenario/findings.js';
export type { Finding } from './scenario/findings.js';
export type { Scenario } from './scenario/load.js';

/** Options of `loadScenario`; files are read from disk unless `read` says otherwise. */
export type FileLoadOptions = Omit<LoadOptions, 'read'> & Partial<Pick<LoadOptions, 'read'>>;

/** Reads and checks a scenario. Throws a ScenarioError with all its findings. */
export function loadScenario(path: string, options: FileLoadOptions = {}): Scenario {
  return loadScenarioFrom(path, { ...options, read: options.read ?? readText });
}
