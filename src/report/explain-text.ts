/** `wavetank explain` as text: what will happen, every setting in force, every assumption with its source. */
import type { ExplainedAssumption, Explanation } from '../experiment/explain.js';
import { plain } from './plain.js';
import { PLAIN } from './terminal.js';
import type { Style } from './terminal.js';
import { wrapped } from './wrap.js';

const WIDTH = 96;

export function explanationText(found: Explanation, style: Style = PLAIN): string {
  const sections = [
    [
      style.heading(plain(found.title)),
      style.quiet(
        plain(`${found.file}, seed ${found.seed}, profile ${found.profile}, ${found.region}`),
      ),
    ],
    found.description === '' ? [] : wrapped(plain(found.description), WIDTH, ''),
    section(
      'What will happen',
      found.prose.flatMap((paragraph) => wrapped(plain(paragraph), WIDTH, '  ')),
      style,
    ),
    ...found.settings.map((thing) => [
      `${style.heading(plain(thing.name))} ${style.quiet(plain(thing.type))}`,
      ...aligned(
        thing.settings.map((setting) => [
          plain(setting.path),
          plain(setting.value),
          mark(setting.origin),
        ]),
      ),
    ]),
    section(
      'Assumptions in force',
      found.assumptions.flatMap((one) => assumptionLines(one, style)),
      style,
    ),
    section(
      'Account limits in force',
      found.quotas.flatMap((one) => assumptionLines(one, style)),
      style,
    ),
    [
      'Settings marked "default" are AWS\'s own defaults. Assumptions stand for what AWS does not publish;',
      'a scenario overrides each under `assume:`, for one resource or, at the top, for a whole type.',
    ].map(style.quiet),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.heading(title), ...lines];
}

function assumptionLines(one: ExplainedAssumption, style: Style): string[] {
  const about = wrapped(plain(`${one.doc} Source: ${one.source}`), WIDTH, '      ').map(
    style.quiet,
  );
  return [
    `  ${plain(one.path)} = ${plain(one.value)}${mark(one.origin) === '' ? '' : ` ${mark(one.origin)}`}`,
    ...about,
  ];
}

/** What the scenario says itself needs no mark. */
function mark(origin: string): string {
  return origin === 'scenario' ? '' : `(${origin})`;
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = rows.reduce((most, row) => Math.max(most, row[0].length), 0);
  return rows.map(([first, ...rest]) => `  ${first.padEnd(width)}  ${rest.join(' ')}`.trimEnd());
}
