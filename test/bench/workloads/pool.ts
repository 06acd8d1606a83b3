/**
 * The pool through the public API: 450 messages a second meet a queue that 50 instances poll, ten at a
 * time; each takes 0.1 s on average; one in a hundred never succeeds and goes to the dead-letter queue
 * after its fifth receive. All default observers are on.
 */
import type { RunResult, Scenario } from '../../../src/index.js';
import { loadScenario, simulate } from '../../../src/index.js';
import type { Workload } from './workload.js';

const RATE = 450; // messages a second and pool

export interface PoolOptions {
  readonly profile: 'ideal' | 'typical';
  readonly deletes: 'afterEach' | 'afterBatch';
  /** Pools side by side. */
  readonly pools: number;
  /** Of all pools together; about: arrivals are random. */
  readonly messages: number;
  /** With policies that look at the queue each minute and cannot change anything; default without. */
  readonly controlled?: boolean;
}

/** The scenario as text. */
export function poolYaml({
  profile,
  deletes,
  pools,
  messages,
  controlled = false,
}: PoolOptions): string {
  const numbers = Array.from({ length: pools }, (_, i) => i + 1);
  const duration = Math.round((1000 * messages) / pools / RATE);
  return [
    'name: Pool',
    `profile: ${profile}`,
    `duration: ${duration}ms`,
    'drain: 1h',
    'traffic:',
    ...numbers.map((i) => `  senders-${i}: { send: jobs-${i}, rate: ${RATE}/s }`),
    'resources:',
    ...numbers.map((i) => poolResources(i, deletes) + (controlled ? policies(i) : '')),
    '',
  ].join('\n');
}

function poolResources(i: number, deletes: PoolOptions['deletes']): string {
  return `
  jobs-${i}:
    type: sqs.queue
    visibilityTimeout: 30s
    redrivePolicy: { deadLetterTarget: dead-${i}, maxReceiveCount: 5 }
  dead-${i}: { type: sqs.queue, messageRetentionPeriod: 14d }
  workers-${i}:
    type: autoscaling.group
    minSize: 50
    maxSize: 50
    instanceType: m7g.large
    consumes: { jobs-${i}: { batchSize: 10, waitTimeSeconds: 20s, deletes: ${deletes} } }
    handler: [ work: { dist: exponential, mean: 100ms }, { fail: 1%, per: message } ]`;
}

/** Two step policies, so that each minute two alarms are evaluated, and act as soon as there is anything to do. */
function policies(i: number): string {
  const alarm = (operator: string, threshold: number): string =>
    `{ metric: ApproximateNumberOfMessagesVisible(jobs-${i}), ` +
    `comparisonOperator: ${operator}, threshold: ${threshold} }`;
  return `
    scalingPolicies:
      out:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        stepAdjustments: [ { metricIntervalLowerBound: 0, scalingAdjustment: 10 } ]
        alarm: ${alarm('GreaterThanOrEqualToThreshold', 1)}
      in:
        policyType: StepScaling
        adjustmentType: ChangeInCapacity
        stepAdjustments: [ { metricIntervalUpperBound: 0, scalingAdjustment: -1 } ]
        alarm: ${alarm('LessThanThreshold', 1)}`;
}

export class Pool implements Workload {
  private readonly scenario: Scenario;
  private outcome: RunResult | null = null;

  constructor(options: PoolOptions) {
    this.scenario = loadScenario('pool.yaml', { read: () => poolYaml(options) });
  }

  run(): void {
    this.outcome = simulate(this.scenario);
  }

  get units(): number {
    return Object.values(this.finished.traffic).reduce((sum, { sent }) => sum + sent, 0);
  }

  /** The share of messages that ended in the dead-letter queue; throws when any ended elsewhere than it should. */
  result(): number {
    const { owed, processed, deadLettered } = this.finished.ledger;
    if (processed + deadLettered !== owed || owed !== this.units)
      throw new Error('a message of the pool is missing');
    return deadLettered / owed;
  }

  private get finished(): RunResult {
    if (this.outcome === null) throw new Error('the pool has not run yet');
    return this.outcome;
  }
}
