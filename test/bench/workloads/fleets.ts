/**
 * Many groups at once: a burst meets each queue, an alarm sets its group from one instance to a hundred, and later
 * back to one.
 */
import type { RunResult, Scenario } from '../../../src/index.js';
import { loadScenario, simulate } from '../../../src/index.js';
import type { Workload } from './workload.js';

const INSTANCES = 100; // of each group, at its peak

/** The scenario as text. */
export function fleetsYaml(groups: number): string {
  const numbers = Array.from({ length: groups }, (_, i) => i + 1);
  return [
    'name: Fleets',
    'profile: ideal',
    'duration: 30m',
    'drain: 1h',
    'traffic:',
    ...numbers.map((i) => `  senders-${i}: { send: jobs-${i}, phases: [ { burst: 200 } ] }`),
    'resources:',
    ...numbers.map(
      (i) => `
  jobs-${i}: { type: sqs.queue, visibilityTimeout: 5m }
  workers-${i}:
    type: autoscaling.group
    minSize: 1
    maxSize: ${INSTANCES}
    instanceType: m7g.large
    consumes: { jobs-${i}: { waitTimeSeconds: 20s } }
    handler: [ work: 1m ]
    scalingPolicies:
      out: ${policy(i, 'GreaterThanThreshold', 'Lower', INSTANCES)}
      in: ${policy(i, 'LessThanOrEqualToThreshold', 'Upper', 1)}`,
    ),
    '',
  ].join('\n');
}

function policy(i: number, operator: string, bound: string, capacity: number): string {
  const alarm =
    `{ metric: ApproximateNumberOfMessagesVisible(jobs-${i}), ` +
    `comparisonOperator: ${operator}, threshold: 10 }`;
  return (
    '{ policyType: StepScaling, adjustmentType: ExactCapacity, ' +
    `stepAdjustments: [ { metricInterval${bound}Bound: 0, scalingAdjustment: ${capacity} } ], alarm: ${alarm} }`
  );
}

export class Fleets implements Workload {
  private readonly scenario: Scenario;
  private outcome: RunResult | null = null;

  constructor(private readonly groups: number) {
    this.scenario = loadScenario('fleets.yaml', { read: () => fleetsYaml(groups) });
  }

  run(): void {
    this.outcome = simulate(this.scenario);
  }

  /** Instances at the peak of all groups. */
  get units(): number {
    return this.groups * INSTANCES;
  }

  /** Messages processed, of each group; throws when a fleet did not grow to its full size. */
  result(): number {
    if (this.outcome === null) throw new Error('the fleets have not run yet');
    const { resources, ledger } = this.outcome;
    const peaks = Object.values(resources).flatMap(({ levels }) => levels['instances']?.max ?? []);
    if (peaks.length !== this.groups || peaks.some((peak) => peak !== INSTANCES))
      throw new Error('a fleet has not grown to its full size');
    return ledger.processed / this.groups;
  }
}
