// The documentation is true: examples run, the picture is a run's, links lead somewhere, commands and exit codes exist.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/cli/commands.js';
import { Exit } from '../src/cli/exit.js';
import { commandHelp, mainHelp } from '../src/cli/help.js';
import { MEASURES, MEASURE_NAMES } from '../src/observe/measures/catalog.js';
import { CAUSES, LOSSES } from '../src/components/facts.js';
import { ERROR_CODES, WARNING_CODES } from '../src/components/settings/problem.js';
import { PARTS } from '../src/experiment/result.js';
import { Simulation } from '../src/experiment/run.js';
import { ENGINE_VERSION, loadScenario, simulate } from '../src/index.js';
import { REPORT_FILES } from '../src/report/files.js';
import { PLAIN, terminalSummary } from '../src/report/terminal.js';
import { listFiles, readText, ROOT } from './support/source-tree.js';

const README = readText('README.md');
const PAGES = [
  'README.md',
  'CHANGELOG.md',
  ...listFiles('docs'),
  ...listFiles('scenarios'),
  ...listFiles('tools'),
].filter((path) => path.endsWith('.md'));

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({
    language,
    text,
  }));
}

function blocks(page: string, language: string): string[] {
  return blocksOf(page)
    .filter((block) => block.language === language)
    .map(({ text }) => text);
}

// --- README --------------------------------------------------------------------------------------------

/** The terminal's summary without what the picture leaves out: the workers, how to see more, the folder. */
function picture(): string {
  const simulation = new Simulation(loadScenario(join(ROOT, 'scenarios/flash-sale.yaml')));
  while (!simulation.advance(1_000_000));
  const summary = terminalSummary(simulation.finish(null), 'reports/flash-sale', PLAIN);
  const sections = summary.trimEnd().split('\n\n');
  return sections
    .filter((section) => !/^(Workers|More)/.test(section))
    .join('\n\n')
    .replace(/\nreports: .*$/, '');
}

describe('README.md', () => {
  // A changed picture is written by `npx vitest run test/docs.test.ts -u`.
  test('shows what the flash sale prints', async () => {
    const [before, after] = README.split(
      /(?<=<!-- picture: .* -->\n```text\n)(?:.*?\n)??(?=```\n)/s,
    );
    await expect(`${before}${picture()}\n${after}`).toMatchFileSnapshot('../README.md');
  });

  test('its first command ends well', () => {
    expect(simulate(loadScenario(join(ROOT, 'scenarios/flash-sale.yaml'))).verdict).toBe('pass');
  });

  test('its scenario keeps its promises, without a warning', () => {
    const [text] = blocks(README, 'yaml');
    const scenario = loadScenario('shop.yaml', { read: () => text });
    expect(scenario.warnings).toEqual([]);
    expect(simulate(scenario).verdict).toBe('pass');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });

  test('its library example runs', () => {
    const [text] = blocks(README, 'js');
    const run = spawnSync(process.execPath, ['--input-type=module', '-'], {
      cwd: ROOT,
      encoding: 'utf8',
      input: text,
    });
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^\d+ videos, \d+ duplicates\nthe same again\n$/);
  });

  test('its exit codes are those of the command line', () => {
    const codes = [...README.matchAll(/^\| (\d+) \| .* \|$/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(Exit));
  });

  test('names every command', () => {
    for (const { name } of COMMANDS) expect(README).toContain(`\`npx wavetank ${name}`);
  });
});

// --- all pages -----------------------------------------------------------------------------------------

/** Commands as they are shown: in blocks of shell lines, and in code within lines. */
function commandsOf(page: string): string[] {
  const lines = blocks(page, 'sh').flatMap((text) => text.split('\n'));
  const inline = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text);
  return [...lines, ...inline].flatMap((line) =>
    [...line.matchAll(/\bnpx wavetank (.*?)(?=$| &&| \|| >)/g)].map(([, words]) => words),
  );
}

/** GitHub's anchor of a heading. */
function anchor(heading: string): string {
  const words = heading.replace(/`/g, '').toLowerCase();
  return words.replace(/[^\p{L}\p{N}_ -]/gu, '').replace(/ /g, '-');
}

function anchorsOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading));
}

/** Targets of links, without those that leave the project. */
function linksOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target)
    .filter((target) => !/^https?:/.test(target));
}

describe.each(PAGES)('%s', (path) => {
  const page = readText(path);

  test('every link leads somewhere', () => {
    for (const link of linksOf(page)) {
      const [file, heading] = link.split('#');
      const target = file === '' ? path : posix.normalize(posix.join(posix.dirname(path), file));
      expect(target.startsWith('..'), link).toBe(false);
      expect(existsSync(join(ROOT, target)), link).toBe(true);
      if (heading !== undefined) expect(anchorsOf(readText(target)), link).toContain(heading);
    }
  });

  test('every path it names is there', () => {
    const words = [...page.matchAll(/`((?:src|test|docs|scenarios|tools)\/[\w./-]+)`/g)];
    for (const [, name] of words) expect(existsSync(join(ROOT, name)), name).toBe(true);
  });

  test('every command it shows exists, and so do its flags', () => {
    for (const words of commandsOf(page)) {
      const [name, ...rest] = words.split(' ');
      if (name.startsWith('-')) expect(mainHelp(ENGINE_VERSION), words).toContain(name);
      else {
        const command = COMMANDS.find((one) => one.name === name);
        expect(command, words).toBeDefined();
        const help = commandHelp(command!);
        for (const flag of rest.filter((word) => word.startsWith('--')))
          expect(help, words).toContain(flag);
      }
    }
  });

  test('every scenario file it runs is there', () => {
    for (const words of commandsOf(page)) {
      for (const word of words.split(' ').filter((one) => one.startsWith('scenarios/'))) {
        expect(existsSync(join(ROOT, word)), words).toBe(true);
      }
    }
  });
});

// --- single pages ----------------------------------------------------------------------------------------

describe('docs/scenario.md', () => {
  const page = readText('docs/scenario.md');

  test('its whole scenarios can be loaded', () => {
    const whole = blocks(page, 'yaml').filter((text) => /^(# .*\n)*(name|extends):/.test(text));
    expect(whole.length).toBeGreaterThan(0);
    const base = whole[0];
    for (const text of whole) {
      const read = (path: string): string => (path.endsWith('base.yaml') ? base : text);
      expect(() => loadScenario('example.yaml', { read })).not.toThrow();
    }
  });

  test('lists every measure, every code of a finding, every cause', () => {
    for (const name of MEASURE_NAMES) expect(page, name).toContain(`\`${name}\``);
    for (const code of [...ERROR_CODES, ...WARNING_CODES])
      expect(page, code).toContain(`\`${code}\``);
    for (const cause of CAUSES) expect(page, cause).toContain(`\`${cause}\``);
    expect(Object.keys(MEASURES).length).toBeGreaterThan(MEASURE_NAMES.length);
  });
});

describe('docs/outputs.md', () => {
  const page = readText('docs/outputs.md');

  test('names every file, part and loss', () => {
    for (const word of [...REPORT_FILES, ...PARTS, ...LOSSES])
      expect(page, word).toContain(`\`${word}\``);
  });

  test('names every key of a result', () => {
    const result = simulate(loadScenario(join(ROOT, 'scenarios/polling-long-sparse.yaml')));
    const keys = new Set<string>();
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if (Array.isArray(value)) value.forEach(collect);
      else
        for (const [key, inner] of Object.entries(value)) {
          keys.add(key);
          collect(inner);
        }
    };
    collect(result);
    const names = ['clients', 'jobs', 'worker', 'SendMessage', 'ReceiveMessage', 'DeleteMessage'];
    const operations = [...keys].filter((key) => /^[A-Z]/.test(key));
    for (const key of keys) {
      if (names.includes(key) || operations.includes(key)) continue;
      expect(page, key).toMatch(new RegExp(`\\b${key}\\b`));
    }
  });
});

describe('docs/decisions', () => {
  test('are numbered, and each has a context, a decision and its consequence', () => {
    const names = listFiles('docs/decisions').map((path) => posix.basename(path));
    expect(names.length).toBeGreaterThan(0);
    names.forEach((name, i) =>
      expect(name).toMatch(new RegExp(`^${String(i + 1).padStart(3, '0')}-[a-z-]+\\.md$`)),
    );
    for (const name of names) {
      const text = readText(`docs/decisions/${name}`);
      const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
      expect(sections, name).toEqual(['Context', 'Decision', 'Consequence']);
    }
  });
});

describe('docs/reference', () => {
  test('every page is generated, says so, and is reached from the language', () => {
    const page = readText('docs/scenario.md');
    for (const path of listFiles('docs/reference')) {
      expect(readText(path)).toContain('<!-- Made of the schema');
      expect(page, path).toContain(`](${posix.relative('docs', path)})`);
    }
  });
});

describe('CHANGELOG.md', () => {
  const changes = readText('CHANGELOG.md');

  test('has its three groups in every version, and one for this version', () => {
    const versions = changes.split(/^## /m).slice(1);
    expect(versions.map((text) => text.split(/[ \n]/)[0])).toContain(ENGINE_VERSION);
    for (const text of versions) {
      expect([...text.matchAll(/^### (.+)$/gm)].map(([, title]) => title)).toEqual([
        'Results',
        'Features',
        'Internals',
      ]);
    }
  });
});
