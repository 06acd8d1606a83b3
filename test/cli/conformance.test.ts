import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { program } from '../../src/cli/program.js';
import { PHRASES } from '../../src/experiment/conformance/sqs/phrases.js';
import { FakeIo } from './fake-io.js';

let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'wavetank-conformance-'));
  write('sqs-good.json', { cases: [good('one'), good('two')] });
  write('sqs-mixed.json', { cases: [good('one'), bad('wrong'), odd('odd')] });
  write('kinesis-cases.json', { meta: { what: 'Kinesis' }, cases: [{ id: 'k' }] });
  write('empty.json', { cases: [] });
  writeFileSync(join(place, 'text.json'), 'no cases');
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

function write(name: string, content: unknown): void {
  writeFileSync(join(place, name), JSON.stringify(content));
}

const QUEUES = { q: { type: 'standard' } };
const good = (id: string) => ({
  id,
  queues: QUEUES,
  steps: [{ at: 0, op: 'receive', queue: 'q', expect: { count: 0 } }],
});
const bad = (id: string) => ({
  id,
  queues: QUEUES,
  steps: [
    { at: 0, op: 'send', queue: 'q', body: 'a' },
    { at: 0, op: 'receive', queue: 'q', expect: { bodies: ['b'] } },
  ],
});
const odd = (id: string) => ({ id, queues: QUEUES, steps: [{ at: 0, op: 'teleport' }] });

async function call(...words: string[]): Promise<{ exit: number; io: FakeIo }> {
  const io = new FakeIo();
  const files = words.map((word) => (word.startsWith('--') ? word : join(place, word)));
  return { exit: await program(['conformance', ...files], io), io };
}

describe('conformance', () => {
  test('0: tells how many passed', async () => {
    const { exit, io } = await call('sqs-good.json');
    expect(exit).toBe(0);
    expect(io.outText).toBe('sqs-good.json: 2 passed, 0 failed, 0 not expressible\n');
    expect(io.errText).toBe('');
  });

  test('1: a case failed; what was expected and what came stand before the tally', async () => {
    const { exit, io } = await call('sqs-mixed.json', 'sqs-good.json');
    expect(exit).toBe(1);
    expect(io.outText).toBe(
      'FAIL wrong step 2: expected {"bodies":["b"]}, got {"bodies":["a"]}\n' +
        'SKIP odd: step 1: no phrase for the operation teleport\n' +
        'sqs-mixed.json: 1 passed, 1 failed, 1 not expressible\n' +
        'sqs-good.json: 2 passed, 0 failed, 0 not expressible\n',
    );
  });

  test('0: what is not expressible does not count', async () => {
    const { exit, io } = await call('kinesis-cases.json');
    expect(exit).toBe(0);
    expect(io.outText).toBe(
      'SKIP k: Kinesis is not modelled yet\n' +
        'kinesis-cases.json: 0 passed, 0 failed, 1 not expressible\n',
    );
  });

  test.each([
    ['empty.json', 'it holds no cases'],
    ['text.json', 'it is not JSON'],
    ['nowhere.json', 'there is no such file or folder'],
  ])('2: %s, and the other files are judged all the same', async (name, why) => {
    const { exit, io } = await call(name, 'sqs-mixed.json');
    expect(exit).toBe(2);
    expect(io.errText).toBe(`wavetank: ${join(place, name)}: ${why}\n`);
    expect(io.outText).toContain('sqs-mixed.json: 1 passed');
  });

  test('--json is the results alone, with base names', async () => {
    const { exit, io } = await call('sqs-mixed.json', 'sqs-good.json', '--json');
    expect(exit).toBe(1);
    const none = { step: null, expected: null, got: null, reason: null };
    expect(JSON.parse(io.outText)).toEqual({
      schema: 'wavetank.conformance/1',
      files: [
        {
          file: 'sqs-mixed.json',
          passed: 1,
          failed: 1,
          notExpressible: 1,
          cases: [
            { id: 'one', status: 'passed', ...none },
            {
              id: 'wrong',
              status: 'failed',
              step: 2,
              expected: { bodies: ['b'] },
              got: { bodies: ['a'] },
              reason: null,
            },
            {
              id: 'odd',
              status: 'notExpressible',
              ...none,
              reason: 'step 1: no phrase for the operation teleport',
            },
          ],
        },
        {
          file: 'sqs-good.json',
          passed: 2,
          failed: 0,
          notExpressible: 0,
          cases: [
            { id: 'one', status: 'passed', ...none },
            { id: 'two', status: 'passed', ...none },
          ],
        },
      ],
    });
    expect(
      Object.keys((JSON.parse(io.outText) as { files: { cases: object[] }[] }).files[0].cases[1]),
    ).toEqual(['id', 'status', 'step', 'expected', 'got', 'reason']);
    expect(io.outText.endsWith('}\n')).toBe(true);
  });

  test('its help lists the phrases it knows', async () => {
    const { io } = await call('--help');
    const help = io.outText.replace(/\s+/gu, ' ');
    for (const phrase of PHRASES) expect(help).toContain(phrase);
  });

  test('text of a file cannot move the cursor', async () => {
    write('sqs-rude.json', {
      cases: [{ ...bad('x\u001b[31m'), steps: [{ at: 0, op: '\u001b[2J' }] }],
    });
    const { io } = await call('sqs-rude.json');
    expect(io.outText).not.toContain('\u001b');
  });
});
