/**
 * `wavetank/core`: the engine without any access to files, for pages and other hosts. `loadScenario`
 * is handed a `read` that gives the text of a file; everything else is as in the package's root.
 */
export { loadScenario } from './scenario/load.js';
export type { LoadOptions, Scenario } from './scenario/load.js';
export { ScenarioError } from './scenario/findings.js';
export type { Finding } from './scenario/findings.js';
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
