// The command line as a process, with the real engine: what a user and a CI pipeline see.

import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_FILES } from '../../src/report/files.js';
import type { RunResult } from '../../src/experiment/result.js';
import { STARTER } from '../../src/cli/starter.js';

const SMALL = STARTER.replace('for: 5m, rate: 20/s', 'for: 1m, rate: 20/s').replace(
  'at: 330s',
  'at: 90s',
);
/** Longer than any test: only for runs that are stopped. */
const ENDLESS = SMALL.replace(
  /phases:[^]*?size:/u,
  'phases: [ { for: 300d, rate: 1000/s } ]\n    size:',
);

let place = '';
let command = '';

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'wavetank-cli-'));
  command = join(place, 'wavetank.mjs');
  await build({
    entryPoints: ['src/cli/main.ts'],
    outfile: command,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
    banner: {
      js: "import{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
    },
  });
  write('small.yaml', SMALL);
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(place, name), text);
}

function read(name: string): string {
  return readFileSync(join(place, name), 'utf8');
}

function result(folder: string): RunResult {
  return JSON.parse(read(join(folder, 'summary.json'))) as RunResult;
}

interface Answer {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

function wavetank(...words: string[]): Answer {
  const done = spawnSync(process.execPath, [command, ...words], { cwd: place, encoding: 'utf8' });
  return { exit: done.status, out: done.stdout, err: done.stderr };
}

describe('run', () => {
  test('writes its reports where it says, prints a verdict first and the fingerprint last', () => {
    const { exit, out } = wavetank('run', 'small.yaml');
    expect(exit).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^PASS lost == 0 \(0\)$/u);
    expect(lines.at(-2)).toMatch(/^fingerprint: [0-9a-f]{16}$/u);
    expect(lines.at(-1)).toBe('reports: reports/small');
    expect(readdirSync(join(place, 'reports/small')).sort()).toEqual([...REPORT_FILES].sort());
    expect(result('reports/small').verdict).toBe('pass');
    expect(lines.at(-2)).toBe(`fingerprint: ${result('reports/small').fingerprint}`);
  });

  test('gives the same bytes again, in another process and another folder', () => {
    const [first, second] = ['one', 'two'].map((folder) =>
      wavetank('run', 'small.yaml', '--out', folder),
    );
    expect(first.out.replace('reports: one', 'reports: two')).toBe(second.out);
    for (const name of REPORT_FILES) expect(read(`one/${name}`), name).toBe(read(`two/${name}`));
  });

  test('--json prints the RunResult alone, the bytes of summary.json', () => {
    const { exit, out } = wavetank('run', 'small.yaml', '--json', '--out', 'json');
    expect(exit).toBe(0);
    expect(out).toBe(read('json/summary.json'));
  });

  test('--seed, --profile and --set reach the run', () => {
    wavetank(
      'run',
      'small.yaml',
      '--out',
      'flags',
      '--seed',
      'a b',
      '--profile',
      'ideal',
      '--set',
      'resources.workers.maxSize=3',
    );
    const { scenario, fingerprint } = result('flags');
    expect(scenario).toMatchObject({ seed: 'a b', profile: 'ideal' });
    wavetank('run', 'small.yaml', '--out', 'plain');
    expect(fingerprint).not.toBe(result('plain').fingerprint);
  });

  test('shows no path of the machine in any report', () => {
    wavetank('run', join(place, 'small.yaml'), '--out', 'paths');
    for (const name of REPORT_FILES) expect(read(`paths/${name}`), name).not.toContain(place);
  });

  test('lets its reader stop early', () => {
    const done = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${command}" run small.yaml --json | head -1`],
      { cwd: place, encoding: 'utf8' },
    );
    expect(done.stdout).toBe('{\n');
    expect(done.stderr).not.toContain('EPIPE');
  });
});

describe('exit codes', () => {
  test('1: an expectation failed, the reports are there all the same', () => {
    write('failing.yaml', SMALL.replace('lost == 0', 'lost == 1'));
    const { exit, out } = wavetank('run', 'failing.yaml');
    expect(exit).toBe(1);
    expect(out.split('\n')[0]).toBe('FAIL lost == 1 (0)');
    expect(result('reports/failing').verdict).toBe('fail');
  });

  test('2: errors of a scenario come all at once, each with its place', () => {
    write(
      'wrong.yaml',
      SMALL.replace('rate: 200/s', 'rate: 200').replace(
        'visibilityTimeout: 1m',
        'visibilityTimeot: 1m',
      ),
    );
    const { exit, out, err } = wavetank('run', 'wrong.yaml');
    expect(exit).toBe(2);
    expect(out).toBe('');
    const lines = err.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^wrong\.yaml:\d+:\d+: error [a-z-]+: /u);
    expect(existsSync(join(place, 'reports/wrong'))).toBe(false);
  });

  test('2: the same as JSON', () => {
    const { exit, out, err } = wavetank('run', 'wrong.yaml', '--json');
    expect(exit).toBe(2);
    expect(err).toBe('');
    const found = JSON.parse(out) as { schema: string; findings: Record<string, unknown>[] };
    expect(found.schema).toBe('wavetank.findings/1');
    expect(Object.keys(found.findings[0])).toEqual([
      'severity',
      'code',
      'file',
      'line',
      'column',
      'path',
      'found',
      'allowed',
      'nearest',
      'awsError',
      'message',
    ]);
  });

  test('2: a file that is not there', () => {
    const { exit, err } = wavetank('run', 'nowhere.yaml');
    expect(exit).toBe(2);
    expect(err).toMatch(/^nowhere\.yaml:\d+:\d+: error file: .*there is no such file/u);
  });

  test('2: an output folder that cannot be written, before the run and without a trace', () => {
    const { exit, out, err } = wavetank('run', 'small.yaml', '--out', 'small.yaml');
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(
      'wavetank: the output folder small.yaml cannot be written: it is a file, not a folder\n',
    );
    expect(read('small.yaml')).toBe(SMALL);
  });

  test.each([
    [['--max-events', 'many'], '--max-events wants a whole number above 0, found many'],
    [['--max-events', '0'], '--max-events wants a whole number above 0, found 0'],
    [['--max-events', '1.5'], '--max-events wants a whole number above 0, found 1.5'],
    [['--max-events=-5'], '--max-events wants a whole number above 0, found -5'],
    [['--max-memory', 'NaN'], '--max-memory wants a number of MiB above 0, found NaN'],
    [['--set', 'x'], '--set wants path=value, found x'],
  ])('2: %j', (flags, message) => {
    const { exit, err } = wavetank('run', 'small.yaml', ...flags);
    expect(exit).toBe(2);
    expect(err).toContain(`wavetank: ${message}\n`);
  });

  test('3: a limit stopped the run, and every report says so', () => {
    const { exit, out } = wavetank('run', 'small.yaml', '--max-events', '2000', '--out', 'limited');
    expect(exit).toBe(3);
    expect(out).toMatch(/^INCOMPLETE: stopped by the limit of events/u);
    expect(read('limited/report.md')).toMatch(/^INCOMPLETE: /u);
    expect(result('limited')).toMatchObject({ complete: false, stoppedBy: 'maxEvents' });
  });

  test('3 before 1, and 2 before 3', () => {
    write('failing-too.yaml', SMALL.replace('lost == 0', 'lost == 1'));
    expect(wavetank('run', 'failing-too.yaml', '--max-events', '2000').exit).toBe(3);
    expect(
      wavetank('run', 'failing-too.yaml', '--max-events', '2000', '--out', 'small.yaml').exit,
    ).toBe(2);
  });

  test('3: virtual time stands still, and no report claims anything', () => {
    write(
      'stuck.yaml',
      `name: Stuck
profile: ideal
traffic: { uploads: { send: jobs, phases: [ { burst: 1 } ] } }
resources:
  jobs: { type: sqs.queue, visibilityTimeout: 0s }
  worker: { type: autoscaling.group, minSize: 1, maxSize: 1, instanceType: t4g.nano,
            consumes: { jobs: { waitTimeSeconds: 20s } }, handler: [ fail: 100% ] }
`,
    );
    const { exit, err } = wavetank('run', 'stuck.yaml', '--out', 'stuck');
    expect(exit).toBe(3);
    expect(err).toMatch(/the run stands still: .* at one instant .*jobs\/ReceiveMessage/u);
    expect(existsSync(join(place, 'stuck'))).toBe(false);
  });

  test('3: memory too', () => {
    write(
      'hungry.yaml',
      SMALL.replace(/phases:[^]*?size:/u, 'phases: [ { burst: 300000 } ]\n    size:'),
    );
    const { exit, out } = wavetank('run', 'hungry.yaml', '--max-memory', '1', '--out', 'hungry');
    expect(exit).toBe(3);
    expect(out).toMatch(/^INCOMPLETE: stopped by the limit of memory/u);
    expect(result('hungry')).toMatchObject({ complete: false, stoppedBy: 'maxMemory' });
  });

  test('130: Ctrl-C says how far it got, and marks what is there as incomplete', async () => {
    write('endless.yaml', ENDLESS);
    const running = spawn(process.execPath, [command, 'run', 'endless.yaml', '--out', 'cut'], {
      cwd: place,
    });
    let out = '';
    running.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => void running.on('exit', resolve));
    await new Promise((resolve) => void setTimeout(resolve, 2_000));
    running.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(out).toMatch(/^INCOMPLETE: stopped by Ctrl-C after [\d,]+ events, at \d/u);
    expect(result('cut')).toMatchObject({ complete: false, stoppedBy: 'interrupt' });
    expect(read('cut/report.md')).toMatch(/^INCOMPLETE: /u);
  });
});

describe('the other commands', () => {
  test('the starter of init is valid, runs, and keeps its promises', () => {
    mkdirSync(join(place, 'fresh'));
    expect(wavetank('init', 'fresh/shop.yaml').exit).toBe(0);
    const valid = wavetank('validate', 'fresh/shop.yaml');
    expect(valid).toEqual({ exit: 0, out: 'shop.yaml: valid\n', err: '' });
    expect(wavetank('run', 'fresh/shop.yaml').exit).toBe(0);
  });

  test('validate says for each file whether it is valid', () => {
    write('wrong2.yaml', SMALL.replace('rate: 200/s', 'rate: 200'));
    const { exit, out, err } = wavetank('validate', 'small.yaml', 'wrong2.yaml');
    expect(exit).toBe(2);
    expect(out).toBe('small.yaml: valid\nwrong2.yaml: 1 error\n');
    expect(err).toMatch(/^wrong2\.yaml:\d+:\d+: error /u);
    const json = JSON.parse(wavetank('validate', '--json', 'small.yaml', 'wrong2.yaml').out) as {
      findings: unknown[];
    };
    expect(json.findings).toHaveLength(1);
  });

  test('schema is a JSON Schema', () => {
    const { exit, out } = wavetank('schema');
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'object' });
  });

  test('explain tells the assumptions, as text and as JSON', () => {
    const { exit, out } = wavetank('explain', 'small.yaml');
    expect(exit).toBe(0);
    expect(out).toContain('My first wave');
    expect(out).toContain('apiLatency');
    expect(JSON.parse(wavetank('explain', 'small.yaml', '--json').out)).toMatchObject({
      schema: 'wavetank.explanation/1',
    });
  });

  test('explain names a data file, and does not print it', () => {
    write('counts.csv', '# two columns\nsecond,n\n0,3\n1,4\n');
    write(
      'replayed.yaml',
      SMALL.replace(
        /phases:[^]*?size:/u,
        'replay: { file: counts.csv, count: n, every: 1s }\n    size:',
      ),
    );
    const { exit, out, err } = wavetank('explain', 'replayed.yaml');
    expect(err).not.toContain('error');
    expect(exit).toBe(0);
    expect(out).toMatch(/replay\.file\s+counts\.csv\s/u);
    expect(out).not.toContain('two columns');
  });
});
