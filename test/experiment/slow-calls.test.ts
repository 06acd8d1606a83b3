import { expect, test } from 'vitest';
import { simulate } from '../../src/core.js';
import { scenarioOf } from '../support/simulations.js';

test('a call may take hours: half of it there, half of it back', () => {
  const result = simulate(
    scenarioOf(`name: slow calls
profile: ideal
drain: 12h
traffic: { uploads: { send: jobs, phases: [ { burst: 1 } ] } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 12h, assume: { apiLatency: 2h } }
  worker: { type: autoscaling.group, minSize: 1, maxSize: 1, instanceType: t4g.nano, handler: [ work: 10ms ],
            consumes: { jobs: { waitTimeSeconds: 20s } } }
`),
  );
  // 2 h exceed 2³¹ µs. In the queue after 1 h, where the poll of time 0 waits for it; its answer takes 1 h more.
  const { response, latency } = result.traffic['uploads'];
  expect(response.maxSeconds).toBe(7200);
  expect(latency.maxSeconds).toBe(7200.01);
});
