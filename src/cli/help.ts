/** `--help` as a manual page, from the table of commands. 80 to 100 columns, no colours. */
import { wrapped } from '../report/wrap.js';
import { COMMANDS } from './commands.js';
import type { Command } from './commands.js';

const WIDTH = 96;
/** A first column wider than this leaves too little for the second. */
const MOST_OF_FIRST = 28;

/** The page of Wavetank itself. */
export function mainHelp(version: string): string {
  return page([
    [
      `wavetank ${version}: replays bursts of traffic against asynchronous AWS ` +
        'architectures, in virtual time',
    ],
    block('Usage', ['wavetank COMMAND [FILE...] [flags]', 'wavetank COMMAND --help']),
    block('Commands', columns(COMMANDS.map((command) => [command.call, command.summary]))),
    block(
      'Flags',
      columns([
        ['--help, -h', 'this page, or the page of a command'],
        ['--version', 'print the version'],
      ]),
    ),
    block(
      'Examples',
      columns([
        ['wavetank init shop.yaml', 'write a commented starter scenario'],
        ['wavetank explain shop.yaml', 'what it will do, with every assumption'],
        ['wavetank run shop.yaml', 'simulate it, reports to reports/shop/'],
      ]),
    ),
    block(
      'Exit codes',
      columns([
        ['0', 'fine'],
        ['1', 'an expectation or a case failed, or an invariant is broken'],
        ['2', 'bad input: a scenario, a flag, a file or the output folder'],
        ['3', 'a limit stopped the run'],
        ['70', 'a bug of Wavetank; WAVETANK_DEBUG=1 shows where'],
        ['130', 'Ctrl-C'],
      ]),
    ),
    block(
      'Files',
      wrapped(
        'A scenario is one YAML file: traffic, resources under the names of ' +
          'CloudFormation in camelCase, faults, expectations. ' +
          'A run writes report.md, summary.json and CSV files into its output folder.',
        WIDTH - 2,
        '',
      ),
    ),
    block(
      'Streams',
      wrapped(
        'stdout holds results, the same bytes each time; warnings, errors and progress go ' +
          'to stderr. Colours and progress appear only on a ' +
          'terminal; NO_COLOR=1 turns colours off.',
        WIDTH - 2,
        '',
      ),
    ),
  ]);
}

/** The page of one command. */
export function commandHelp(command: Command): string {
  const flags = command.flags.map(
    (flag) =>
      [
        flag.value === null ? `--${flag.name}` : `--${flag.name} ${flag.value}`,
        flag.about,
      ] as const,
  );
  return page([
    [`wavetank ${command.name}: ${command.summary}`],
    block(
      'Usage',
      usage(
        `wavetank ${command.call}`,
        flags.map(([flag]) => `[${flag}]`),
      ),
    ),
    ...command.description.map((paragraph) => wrapped(paragraph, WIDTH, '')),
    block('Flags', columns([...flags, ['--help, -h', 'this page']])),
    block('Examples', columns(command.examples)),
    block(
      'Exit codes',
      columns(command.exitCodes.map(([code, meaning]) => [String(code), meaning])),
    ),
    ...(command.notes.length === 0
      ? []
      : [
          block(
            'Files',
            command.notes.flatMap((note) => wrapped(note, WIDTH - 2, '')),
          ),
        ]),
  ]);
}

function page(blocks: readonly (readonly string[])[]): string {
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function block(title: string, lines: readonly string[]): string[] {
  return [title, ...lines.map((line) => `  ${line}`)];
}

/** The call and its flags, broken between flags, further lines below the first flag. */
function usage(call: string, flags: readonly string[]): string[] {
  const lines = [call];
  for (const flag of flags) {
    const last = lines.at(-1)!;
    if (last.length + 1 + flag.length <= WIDTH - 2) lines[lines.length - 1] = `${last} ${flag}`;
    else lines.push(`${' '.repeat(call.length)} ${flag}`);
  }
  return lines;
}

/** Two columns; where the first ones are long, the second ones go below them. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = rows.reduce((most, [first]) => Math.max(most, first.length), 0);
  if (width > MOST_OF_FIRST)
    return rows.flatMap(([first, second]) => [first, ...wrapped(second, WIDTH - 2, '    ')]);
  return rows.flatMap(([first, second]) => {
    const [head = '', ...rest] = wrapped(second, WIDTH - width - 4, '');
    return [`${first.padEnd(width)}  ${head}`, ...rest.map((line) => ' '.repeat(width + 2) + line)];
  });
}
