// What a scenario may say about a function, and what it gets of it, end to end.

import { describe, expect, test } from 'vitest';
import { simulate } from '../../../src/core.js';
import type { RunResult } from '../../../src/core.js';
import { loadScenario } from '../../../src/scenario/load.js';

function load(resource: string, more = '') {
  const text = `name: function
profile: ideal
duration: 10s
traffic: { shop: { send: receipts, rate: 2/s, arrivals: constant } }
resources:
  receipts: { type: lambda.function, handler: [ work: 100ms ], ${resource} }
${more}`;
  return loadScenario('function.yaml', { read: () => text });
}

/** The findings of a scenario that is refused. */
function findings(resource: string, more = ''): string {
  try {
    load(resource, more);
  } catch (error) {
    return String(error);
  }
  return '';
}

const run = (resource: string, more = ''): RunResult => simulate(load(resource, more));

describe('what is refused', () => {
  test.each([
    ['timeout: 16m', 'InvalidParameterValueException'],
    ['memorySize: 64', '128MiB'],
    ['memorySize: 10241MiB', '10240MiB'],
    ['architectures: [riscv]', 'x86_64 | arm64'],
    ['runtime: nodejs4.3', 'nodejs24.x'],
    ['eventInvokeConfig: { maximumRetryAttempts: 3 }', '0..2'],
    ['eventInvokeConfig: { maximumEventAgeInSeconds: 59s }', '60s'],
    ['eventInvokeConfig: { maximumEventAgeInSeconds: 7h }', '6h'],
    ['eventInvokeConfig: { destinationConfig: {} }', 'not-modelled'],
    ['provisionedConcurrencyConfig: {}', 'not-modelled'],
    ['consumes: {}', 'not-modelled'],
    ['serves: {}', 'not-modelled'],
    ['vpcConfig: {}', 'no-effect'],
    ['packageType: Image, runtime: java25', 'a function of packageType Image has no runtime'],
    ['snapStart: { applyOn: PublishedVersions }', 'SnapStart takes Java, Python and .NET'],
    ['deadLetterConfig: { target: lost.fifo }', 'a FIFO queue'],
    ['reservedConcurrentExecutions: 901', '100'],
  ])('%s', (resource, told) => {
    expect(findings(resource, '  lost.fifo: { type: sqs.queue }\n')).toContain(told);
  });

  test('what functions reserve together must leave 100 of their account', () => {
    const others =
      '  other: { type: lambda.function, handler: [], reservedConcurrentExecutions: 500 }\n';
    expect(findings('reservedConcurrentExecutions: 400', others)).toBe('');
    expect(findings('reservedConcurrentExecutions: 401', others)).toContain('100');
    const more = `${others}quotas: { lambda: { concurrentExecutions: 2000 } }\n`;
    expect(findings('reservedConcurrentExecutions: 401', more)).toBe('');
  });
});

test.each(['messageGroupId: key', 'delaySeconds: 5s'])('events have no %s', (said) => {
  const loading = (traffic: string, step: string) => (): unknown => {
    const text = `name: function
duration: 10s
traffic: { shop: { send: receipts, rate: 2/s${traffic} } }
resources:
  receipts: { type: lambda.function, handler: [ { send: audit${step} } ] }
  audit: { type: lambda.function, handler: [] }
`;
    return loadScenario('function.yaml', { read: () => text });
  };
  const told = `error no-effect: ${said.split(':')[0]} would have no effect`;
  expect(loading('', '')).not.toThrow();
  expect(loading(`, ${said}`, '')).toThrow(`3:47: ${told}`);
  expect(loading('', `, ${said}`)).toThrow(`5:64: ${told}`);
});

describe('a run', () => {
  test('in profile ideal a start takes its median, and all else no time', () => {
    const { consumers } = run('runtime: java25');
    expect(consumers['receipts'].latency.maxSeconds).toBe(1.3);
    expect(consumers['receipts'].latency.minSeconds).toBe(0.1);
  });

  test('assume.coldStart wins over what the runtime would take', () => {
    const { consumers } = run('assume: { coldStart: 2s }');
    expect(consumers['receipts'].latency.maxSeconds).toBe(2.1);
  });

  test('cpuBound: work that is written for a whole CPU takes 1,769/128 times as long', () => {
    const { consumers } = run('assume: { cpuBound: 100% }');
    expect(consumers['receipts'].latency.minSeconds).toBe(1.382031);
    const half = run('memorySize: 1769MiB, assume: { cpuBound: 100% }');
    expect(half.consumers['receipts'].latency.minSeconds).toBe(0.1);
  });

  test('its account limit is a quota', () => {
    const result = run('', 'quotas: { lambda: { concurrentExecutions: 1 } }\n');
    expect(result.resources['receipts'].levels['concurrency']?.max).toBe(1);
    expect(result.ledger.processed).toBe(20);
  });

  test('reserving leaves less for the others', () => {
    const other = `  other: { type: lambda.function, handler: [], reservedConcurrentExecutions: 10 }
quotas: { lambda: { concurrentExecutions: 110 } }
`;
    expect(run('', other).ledger.processed).toBe(20);
  });

  test('dead letters are the queue’s, and counted where they ended', () => {
    const letters = '  lost: { type: sqs.queue }\n';
    const failing =
      'eventInvokeConfig: { maximumRetryAttempts: 0 }, deadLetterConfig: { target: lost }';
    const text = load(failing, letters);
    expect(text.warnings).toEqual([]);
    const result = simulate(
      loadScenario('failing.yaml', {
        read: () => `name: failing
profile: ideal
duration: 10s
traffic: { shop: { send: receipts, rate: 2/s, arrivals: constant } }
resources:
  receipts: { type: lambda.function, handler: [ fail: 100% ], ${failing} }
  lost: { type: sqs.queue }
expect: [ lost == 0, depth(lost).end == 20, coldStarts == 1, concurrency(receipts).max == 1 ]
`,
      }),
    );
    expect(result.ledger.deadLettered).toBe(20);
    expect(result.verdict).toBe('pass');
    expect(result.invariants.filter(({ violations }) => violations > 0)).toEqual([]);
  });
});
