/** Lines of `expect`, read against the names of the scenario, their findings placed inside the line. */

import { isFifoName } from '../components/settings.js';
import { sendsOf } from '../components/program/sends-of.js';
import type { ResourceSchema } from '../components/settings/resource.js';
import type { Problem } from '../components/settings/problem.js';
import type { FleetOnQueue } from '../components/settings/program.js';
import type { Micros } from '../kernel/time.js';
import type { Expectation } from '../observe/measures/expression.js';
import type { Role } from '../observe/measures/catalog.js';
import type { CheckedResource, CheckedTraffic } from './checked.js';
import type { Examiner } from './examine.js';
import { readExpectation } from './expect/check.js';
import type { NamedThing } from './expect/names.js';
import { Names } from './expect/names.js';
import type { Registry } from './frame.js';
import { Pushes } from './pushes.js';
import type { NameKinds } from './references.js';
import { placedInText } from './tree.js';
import type { TreeNode } from './tree.js';

/** What expectations may ask about. Names whose own settings are refused are still there, with no levels. */
export function namesFor(
  registry: Registry,
  kinds: NameKinds,
  traffic: readonly CheckedTraffic[],
  resources: ReadonlyMap<string, CheckedResource>,
  latestEnd: Micros | undefined,
): Names {
  const sources = new Map(traffic.map((one) => [one.name, one]));
  const pushes = new Pushes([...resources.values()], registry.types);
  const things = [...kinds].map(([name, kind]): NamedThing => {
    if (kind === 'traffic') {
      const source = sources.get(name);
      return {
        name,
        kind,
        roles: ['traffic'],
        levels: [],
        operations: [],
        // What is done with a statement is done when it is answered: there is no way on.
        next: source?.verb === 'send' ? [source.target] : [],
      };
    }
    const type = registry.types.find((candidate) => candidate.type === kind);
    const resource = resources.get(name);
    const pushesTo = [...new Set(pushes.linksOf(name)?.map(({ target }) => target))];
    return {
      name,
      kind: kind ?? '',
      roles: rolesOf(name, type, resource, pushes),
      levels: type?.levels ?? [],
      operations: type?.operations ?? [],
      next: [...consumersOf(name, resources), ...pushesTo],
      pushesTo,
    };
  });
  return new Names(things, latestEnd);
}

function rolesOf(
  name: string,
  type: ResourceSchema | undefined,
  resource: CheckedResource | undefined,
  pushes: Pushes,
): Role[] {
  const roles: Role[] = ['resource'];
  if (sendsOf(resource?.programs ?? {}).length > 0) roles.push('sender');
  if (resource !== undefined && pushes.isConsumer(resource)) roles.push('consumer');
  if (type?.pushes !== undefined) roles.push('pusher');
  roles.push(...(type?.roles ?? []));
  if (roles.includes('queue')) roles.push(isFifoName(name) ? 'fifoQueue' : 'standardQueue');
  return roles;
}

function consumersOf(name: string, resources: ReadonlyMap<string, CheckedResource>): string[] {
  return [...resources.values()]
    .filter(({ programs }) =>
      Object.hasOwn((programs['consumes'] ?? {}) as Readonly<Record<string, FleetOnQueue>>, name),
    )
    .map((resource) => resource.name);
}

export function checkExpectations(
  examiner: Examiner,
  root: TreeNode,
  lines: readonly (string | undefined)[],
  names: Names,
  skipped: readonly string[],
): Expectation[] {
  const expectations: Expectation[] = [];
  lines.forEach((line, i) => {
    // What is asked of a name whose settings were refused cannot be judged.
    if (line === undefined || skipped.some((name) => mentions(line, name))) return;
    const { expectation, problems } = readExpectation(line, names);
    if (expectation !== undefined) expectations.push(expectation);
    const path = ['expect', i];
    for (const { offset, ...problem } of problems)
      examiner.refuse(path, placedInText(root, path, { ...inWords(problem), offset }));
  });
  return expectations;
}

function mentions(line: string, name: string): boolean {
  return line.split(/[^A-Za-z0-9_.-]+/).includes(name);
}

/** `expect[0] is lsot` would not tell what is wrong. */
function inWords(problem: Problem): Problem {
  if (problem.message !== undefined || problem.found === undefined) return problem;
  if (problem.code === 'unknown-measure')
    return { ...problem, message: `no measure is called ${problem.found}` };
  if (problem.code === 'unknown-name')
    return { ...problem, message: `nothing is called ${problem.found}` };
  return { ...problem, message: `found ${problem.found}` };
}
