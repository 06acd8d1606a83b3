import { expect, test } from 'vitest';
import { simulate } from '../../src/core.js';
import { scenarioOf } from '../support/simulations.js';

const QUEUE_AND_WORKER = `resources:
  jobs: { type: sqs.queue }
  worker: { type: autoscaling.group, minSize: 1, maxSize: 1, instanceType: t4g.nano, handler: [ work: 10ms ],
            consumes: { jobs: { waitTimeSeconds: 20s, batchSize: 10 } } }
`;

test('a burst that ends the phases belongs to the traffic, also when there is nothing else', () => {
  for (const phases of ['[ { burst: 100 } ]', '[ { for: 5m, rate: 0/s }, { burst: 100 } ]']) {
    const traffic = `traffic: { uploads: { send: jobs, phases: ${phases} } }`;
    const text = `name: burst\nprofile: ideal\n${traffic}\n${QUEUE_AND_WORKER}`;
    const result = simulate(scenarioOf(text));
    expect(result.consumers['worker'].ledger.processed).toBe(100);
    expect(result.drained).toBe(true);
  }
});
