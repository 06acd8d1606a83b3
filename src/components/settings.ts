/**
 * Settings: what a scenario may say about a resource, as zod schemas with units, ranges, defaults and
 * sources. A component folder declares
 *
 * ```ts
 * export const shape = {
 *   settings: { visibilityTimeout: duration({ min: '0s', max: '12h', bare: 's', default: '30s', doc: '…' }) },
 *   assume: { apiLatency: assumption(distribution('duration'), { ideal: '0s', typical: '20ms', … }) },
 * } satisfies SettingsShape;
 * type Settings = SettingsOf<typeof shape>;   // { visibilityTimeout: number }
 * type Assume = AssumeOf<typeof shape>;       // { apiLatency: DistributionSpec }
 * ```
 *
 * The one entry to src/components/settings/, and to what checks ask of filters.
 */

export { neverMatches } from './patterns/never.js';
export type { Sent } from './patterns/never.js';
export { block, mapByName } from './settings/block.js';
export type { BlockNotes } from './settings/block.js';
export { distribution } from './settings/distribution.js';
export { moment, momentText } from './settings/moment.js';
export type { Problem, WarningCode } from './settings/problem.js';
export type { PatternSpec } from './patterns/pattern.js';
export { eventPattern, filterFields, filterOf, pipePattern } from './settings/patterns.js';
export { count, number } from './settings/numbers.js';
export { byteRate, factor, money, monthlyShare, rate, share } from './settings/rates.js';
export { duration, size } from './settings/scaled.js';
export {
  assumption,
  FIFO_SUFFIX,
  fifoOnly,
  isConstantZero,
  isFifoName,
  quotaKey,
} from './settings/resource.js';
export type {
  AssumeOf,
  Assumption,
  CheckContext,
  ComponentChecks,
  OperationChecks,
  PlannedOperation,
  Profile,
  Quota,
  ResourceSchema,
  ResourceView,
  SettingsOf,
  SettingsShape,
  SystemSchema,
} from './settings/resource.js';
export { quotaOf } from './settings/quota-of.js';
export { value } from './settings/value.js';
export type { ValueSpec } from './settings/value.js';
export { choice, expression, flag, link, reference, text } from './settings/words.js';
export type { LinkName } from './settings/words.js';
