// The control loop in reports: a small fleet, by hand.

import { describe, expect, test } from 'vitest';
import type { LoopCurve, LoopResult, ScalingRow } from '../../src/experiment/loop-types.js';
import type { RunReport } from '../../src/experiment/result.js';
import { LOOP_FILES, REPORT_FILES, reportFiles } from '../../src/report/files.js';
import { loopFiles } from '../../src/report/loop-csv.js';
import { loopLines } from '../../src/report/loop-lines.js';
import { billedText, loopSections } from '../../src/report/loop-section.js';
import { makeReport } from './fixture.js';

const METRIC = 'ApproximateNumberOfMessagesVisible(orders)';

const curve = (
  resource: string,
  level: string,
  values: readonly number[],
  least = values,
): LoopCurve => ({ resource, level, values, least });

const LOOP: LoopResult = {
  fleet: 'workers',
  alarms: [
    { name: 'out', metric: METRIC, condition: 'Average >= 100, 3 of 3, 60 s each' },
    { name: 'in', metric: METRIC, condition: 'Average <= 10, 5 of 5, 60 s each' },
  ],
  stepSeconds: 120,
  curves: [
    curve('orders', 'depth', [0, 0, 400, 900, 1_200, 500, 0, 0, 0, 0]),
    curve('workers', 'desired', [2, 2, 2, 8, 8, 8, 8, 8, 6, 4]),
    curve('workers', 'pending', [0, 0, 0, 6, 6, 0, 0, 0, 0, 0]),
    curve('workers', 'instances', [2, 2, 2, 2, 8, 8, 8, 8, 8, 6], [2, 2, 2, 2, 2, 8, 4, 8, 6, 4]),
    curve('workers', 'busy', [1, 2, 4, 4, 16, 16, 2, 1, 0, 1]),
  ],
  episodes: [
    {
      beganSeconds: 240.5,
      lastChangeSeconds: 1_090.25,
      from: 2,
      final: 4,
      peak: 8,
      least: 2,
      reactionSeconds: 250.000001,
      overshoot: 1,
      settlingSeconds: 'inf',
      oscillations: 1,
    },
  ],
  figures: {
    reactionMeanSeconds: 250.000001,
    reactionMaxSeconds: 250.000001,
    overshoot: 1,
    settlingSeconds: 'inf',
    oscillations: 1,
    launched: 8,
    terminated: 4,
    failed: 0,
    inServiceSeconds: 6_000,
    idleSeconds: 720,
    wastedUsd: '0.0123',
    billedSeconds: 7_200,
    startingAndStoppingSeconds: 1_200,
    startingAndStoppingUsd: '0.0205',
    killed: 7,
    killedSeconds: 301.5,
    crashed: 1,
    crashedSeconds: 2,
    redelivered: 7,
    duplicates: 2,
  },
};

const row = (
  timeSeconds: number,
  kind: ScalingRow['kind'],
  name: string,
  value: number | null,
  text: string,
): ScalingRow => ({ timeSeconds, resource: 'workers', kind, name, value, text });

const ROWS: readonly ScalingRow[] = [
  row(0, 'desired', '', 2, ''),
  row(0, 'instance', '0', null, 'InService'),
  row(90, 'metric', 'out', 0, METRIC),
  row(90, 'metric', 'in', 0, METRIC),
  row(90, 'alarm', 'out', null, 'OK'),
  row(100, 'alarm', 'in', null, 'ALARM'),
  row(110, 'decision', 'in', 2, '2 -> 2'),
  row(330, 'metric', 'out', 600, METRIC),
  row(340, 'alarm', 'in', null, 'OK'),
  row(390, 'alarm', 'out', null, 'ALARM'),
  row(400, 'desired', '', 8, ''),
  row(400, 'instance', '2', null, 'Pending'),
  row(400, 'decision', 'out', 8, '2 -> 8'),
  row(690, 'metric', 'out', 0, METRIC),
  row(750, 'alarm', 'out', null, 'OK'),
  row(980, 'alarm', 'in', null, 'ALARM'),
  row(990, 'decision', 'in', 6, '8 -> 6'),
  row(1_090, 'decision', 'in', 4, '6 -> 4'),
  row(1_095, 'decision', 'out', 5, '4 -> 5'),
];

function report(change: Partial<LoopResult> = {}, scaling = ROWS): RunReport {
  return { ...makeReport(), loops: [{ ...LOOP, ...change }], scaling };
}

describe('report.md', () => {
  test('shows the loop on one time axis, its figures, episodes and decisions', () => {
    expect(loopSections(report())[0].join('\n')).toMatchSnapshot();
  });

  test('draws what is counted in instances to one scale, and what lines of the highest hide', () => {
    const lines = loopLines(LOOP, ROWS);
    const line = (label: string): string => lines.find((one) => one.startsWith(label))!;
    expect(line('pending').match(/[▁-█]/gu)).toEqual(Array(12).fill('▆'));
    expect(line('in service')).toContain('max 8');
    expect(line('least in service')).toMatch(/▂{30}█{6}▄{6}█{6}▆{6}▄{6} {2}min 2$/u);
    const still = { ...LOOP, curves: LOOP.curves.map((one) => ({ ...one, least: one.values })) };
    expect(loopLines(still, ROWS).join('\n')).not.toContain('least');
  });

  test('tells a metric of 0 from one without a data point', () => {
    const gap = [row(0, 'metric', 'out', null, METRIC), row(600, 'metric', 'out', 0, METRIC)];
    const metric = loopLines(LOOP, gap).find((one) => one.startsWith('out metric'))!;
    expect(metric).toMatch(/^out metric {38,}_{30} {2}max 0$/u);
  });

  test('says so when nothing happened', () => {
    const still = { reactionMeanSeconds: null, reactionMaxSeconds: null, killed: 0, crashed: 0 };
    const figures = { ...LOOP.figures, ...still, redelivered: 0, duplicates: 0, oscillations: 0 };
    const text = loopSections(report({ episodes: [], figures }, []))[0].join('\n');
    expect(text).toContain('- Reaction: no messages waited');
    expect(text).toContain('- 0 episodes of scaling, 0 oscillations.');
    expect(text).toContain('- Scaling in killed no run.');
    expect(text).toContain('No decision changed the desired capacity.');
    expect(text).not.toContain('Crashes');
  });

  test('tells at most twenty decisions and episodes, and where the others are', () => {
    const many = Array.from({ length: 23 }, (_, i) =>
      row(60 * i, 'decision', 'out', i + 1, `${i} -> ${i + 1}`),
    );
    const episodes = many.map(() => LOOP.episodes[0]);
    const text = loopSections(report({ episodes }, many))[0].join('\n');
    expect(text).toContain('… and 3 more in `scaling.csv`.');
    expect(text).toContain('… and 3 more in `control.csv`.');
    expect(text.match(/\| `out` \|/gu)).toHaveLength(20);
  });

  test('names of scenarios are data', () => {
    const alarms = [{ name: 'a`b', metric: 'x|y', condition: 'z' }];
    const [lines] = loopSections(report({ fleet: 'w', alarms }, []));
    expect(lines).toContain('- Alarm `` a`b ``: `x|y`, `z`.');
  });
});

test('billed time in minutes, and in hours where that is much', () => {
  expect(billedText(LOOP.figures)).toBe(
    'Billed 120 instance-minutes: 100 in service (12 of them wholly idle: 0.012 USD), ' +
      '20 starting and stopping (0.021 USD)',
  );
  const long = { inServiceSeconds: 360_000, idleSeconds: 90, billedSeconds: 361_200 };
  expect(billedText({ ...LOOP.figures, ...long })).toContain(
    'Billed 100 instance-hours: 100 in service (0.0250 of them wholly idle',
  );
});

describe('files', () => {
  test('are there only with a fleet that can scale', () => {
    expect([...loopFiles(makeReport()).keys()]).toEqual([]);
    expect([...loopFiles(report()).keys()]).toEqual([...LOOP_FILES]);
    expect([...reportFiles(report()).keys()]).toEqual([...LOOP_FILES, ...REPORT_FILES]);
  });

  test('have the documented columns and rows', () => {
    const files = loopFiles(report());
    const control = files.get('control.csv')!.split('\n');
    expect(control[0]).toBe('resource,episode,figure,value,unit');
    expect(control).toContain('workers,,reactionTime.max,250.000001,s');
    expect(control).toContain('workers,,settlingTime,inf,s');
    expect(control).toContain('workers,,cost.wasted,0.0123,USD');
    expect(control).toContain('workers,,billed,7200,s');
    expect(control).toContain('workers,,startingAndStopping,1200,s');
    expect(control).toContain('workers,1,lowest,2,count');
    expect(control).toContain('workers,1,overshoot,1,share');
    const scaling = files.get('scaling.csv')!.split('\n');
    expect(scaling[0]).toBe('time_s,resource,kind,name,value,text');
    expect(scaling).toContain(`330,workers,metric,out,600,${METRIC}`);
    expect(scaling).toContain('390,workers,alarm,out,,ALARM');
    expect(scaling).toContain('400,workers,decision,out,8,2 -> 8');
    expect(scaling).toHaveLength(ROWS.length + 2);
  });
});
