// What every component type must have, and no type can tell the compiler: a new one is held against this as soon
// as it stands in the registry.

import { describe, expect, test } from 'vitest';
import type { ComponentType } from '../../src/components/component.js';
import { LEVELS } from '../../src/components/levels.js';
import { PUBLISHED } from '../../src/components/published-metrics.js';
import { s3Bucket } from '../../src/components/s3/s3-bucket.js';
import type { bucketShape } from '../../src/components/s3/settings.js';
import { COMPONENT_TYPES } from '../../src/components/registry.js';
import { isFifoName } from '../../src/components/settings.js';
import { RESOURCE_ROLES } from '../../src/components/settings/roles.js';
import { wire } from '../../src/scenario/wire.js';
import { loadScenario } from '../../src/scenario/load.js';
import { BUNDLED_SCENARIOS } from '../support/bundled-scenarios.js';
import { listFiles, readText, sourceFiles } from '../support/source-tree.js';

const SCENARIOS = BUNDLED_SCENARIOS.map(({ path }) => ({
  path,
  resources: loadScenario(path, { read: readText }).resources,
}));
const RESOURCES = SCENARIOS.flatMap(({ resources }) => resources);
const PAGES = listFiles('docs');
const LANGUAGE = readText('docs/scenario.md');
/** Not yet in a bundled scenario by itself: there, alarms stand inside policies. A new type does not belong here. */
const NOT_YET_BUNDLED = ['cloudwatch.alarm'];
const STATUSES = [400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504, 599];

test('no two types have one name', () => {
  const names = COMPONENT_TYPES.map(({ type }) => type);
  expect(new Set(names).size).toBe(names.length);
});

const ABOUT_ONE_SERVICE = /^src\/experiment\/(operations|conformance)\//;
/** Files that may name a type of another folder: other people's words for it, and what is about SQS itself. */
const MAY_NAME_TYPES = [
  'src/scenario/not-modelled.ts',
  'src/experiment/operations/operated-world.ts',
];

test('each role has a type, and metrics of one role have one table', () => {
  // Traffic may already say what stands around an event; the bus itself comes later.
  for (const role of RESOURCE_ROLES.filter((one) => one !== 'bus'))
    expect(
      COMPONENT_TYPES.some(({ roles }) => roles.includes(role)),
      role,
    ).toBe(true);
  const roles = PUBLISHED.map(({ role }) => role);
  expect(new Set(roles).size).toBe(roles.length);
});

test('what is outside AWS is called external, and says that it lies in no region', () => {
  for (const { type, isOutside, shape } of COMPONENT_TYPES) {
    const noEffect: object = shape.noEffect ?? {};
    expect([isOutside === true, Object.hasOwn(noEffect, 'region')], type).toEqual(
      type.startsWith('external.') ? [true, true] : [false, false],
    );
  }
});

test('a type that is called does not compile without what its answers are', () => {
  const { errorOfStatus, ...forgotten } = s3Bucket;
  // @ts-expect-error -- errorOfStatus is missing
  const type: ComponentType<typeof bucketShape> = forgotten;
  expect(Object.keys(type)).not.toContain('errorOfStatus');
  expect(errorOfStatus).toBeDefined();
});

test('only what is about one service names its folder', () => {
  const services =
    /^src\/components\/(?!settings|expression|client|program|traffic|delivery|patterns)[^/]+\//;
  const naming = sourceFiles('src')
    .filter(({ path }) => !path.startsWith('src/components/'))
    .filter(({ imports }) => imports.some(({ file }) => services.test(file ?? '')));
  const others = naming.map(({ path }) => path).filter((path) => !ABOUT_ONE_SERVICE.test(path));
  expect(others).toEqual([]);
});

test('nothing asks for a type by its name: roles, and what a type says of itself, decide', () => {
  const files = listFiles('src').map((path) => ({ path, text: readText(path) }));
  const naming = COMPONENT_TYPES.flatMap(({ type }) => {
    const own = files.find(({ text }) => text.includes(`  type: '${type}',\n`))!.path;
    const folder = own.slice(0, own.lastIndexOf('/') + 1);
    return files.filter(({ path, text }) => text.includes(`'${type}'`) && !path.startsWith(folder));
  });
  expect([...new Set(naming.map(({ path }) => path))].sort()).toEqual([...MAY_NAME_TYPES].sort());
});

describe.each(COMPONENT_TYPES.map((type) => [type.type, type] as const))('%s', (name, type) => {
  const own = RESOURCES.filter((one) => one.type === name);

  test('has a page, to which docs/scenario.md leads', () => {
    expect(type.page).toBe(`docs/components/${name}.md`);
    expect(PAGES).toContain(type.page);
    expect(LANGUAGE).toContain(`(${type.page.replace('docs/', '')})`);
  });

  test('has levels that observers know', () => {
    for (const level of type.levels) expect(LEVELS).toContain(level);
  });

  test('publishes the metrics of its role, each by a gauge', () => {
    const tables = PUBLISHED.filter(({ role }) => type.roles.includes(role));
    expect(type.metrics).toEqual(Object.assign({}, ...tables.map(({ metrics }) => metrics)));
    for (const { path, resources } of SCENARIOS) {
      const id = resources.findIndex((one) => one.type === name);
      if (id < 0) continue;
      const kind = isFifoName(resources[id].name) ? 'fifo' : 'standard';
      const { world } = wire(loadScenario(path, { read: readText }));
      for (const [metric, { queues = kind }] of Object.entries(type.metrics))
        expect(world.gauge(id, metric) !== undefined, metric).toBe(queues === kind);
      return;
    }
  });

  test('says how long its calls take, if programs call it', () => {
    const isCalled = (['inbox', 'callable', 'database', 'bucket'] as const).some((role) =>
      type.roles.includes(role),
    );
    expect(type.called !== undefined).toBe(isCalled);
    if (isCalled) expect(type.operations).not.toEqual([]);
  });

  test('stands in a bundled scenario', () => {
    expect(own.length > 0).toBe(!NOT_YET_BUNDLED.includes(name));
  });

  test('answers some 5xx if it is called at all, so that a fault can make it fail', () => {
    const answers = STATUSES.map((status) => type.errorOfStatus?.(status));
    if (type.operations.length === 0) expect(type.errorOfStatus).toBeUndefined();
    else expect(answers[STATUSES.indexOf(503)]).toBeGreaterThan(0);
    // 0 would be success, and 8 bits are what a call has for an error.
    for (const error of answers) expect(error ?? 1).toBeGreaterThan(0);
    for (const error of answers) expect(error ?? 1).toBeLessThan(256);
  });

  test('names each operation once', () => {
    expect(new Set(type.operations).size).toBe(type.operations.length);
  });

  test('is priced in every region of its list, whatever is metered', () => {
    const { prices } = type;
    for (const { name: resource, settings, region: home } of own) {
      for (const hasGroups of [false, true]) {
        const meters = prices.metersOf({ name: resource, settings, hasGroups });
        for (const { kind, price, item } of meters) {
          // Some instance types are not offered everywhere.
          const regions = kind === 'instances' ? [home] : prices.regions;
          const missing = regions.filter((region) => prices.find(region, price) === undefined);
          expect(missing, `${item} (${price})`).toEqual([]);
        }
        if (prices.regions.length === 0) expect(meters).toEqual([]);
      }
    }
  });
});
