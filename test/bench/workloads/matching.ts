/**
 * Messages against a thousand filter policies, no two alike: exact values, prefixes, ranges, anything-but, `$or`,
 * over attributes and over the body. Counted per message and policy.
 */
import { FilterSet } from '../../../src/components/patterns/filter-set.js';
import type { FlavourName } from '../../../src/components/patterns/flavour.js';
import { readPattern } from '../../../src/components/patterns/read.js';
import { TrafficMake } from '../../../src/components/traffic/make.js';
import type { ValueSpec } from '../../../src/components/settings/value.js';
import { World } from '../../../src/components/world.js';
import { distribution } from '../../../src/kernel/distributions/distribution.js';
import { Kernel } from '../../../src/kernel/kernel.js';
import { Streams } from '../../../src/kernel/random/streams.js';
import { SilentFacts } from '../../../src/observe/silent-facts.js';
import type { Workload } from './workload.js';

const POLICIES = 1000;

/** Nobody listens. */
class Quiet extends SilentFacts {}

/** What policy number i asks for. */
function policyOf(i: number): Record<string, unknown> {
  const kinds = [`kind-${i}`, `kind-${(i * 7) % POLICIES}`];
  switch (i % 5) {
    case 0:
      return { kind: kinds };
    case 1:
      return { kind: [{ prefix: `kind-${i % 100}` }], tenant: [{ 'anything-but': [`shop-${i}`] }] };
    case 2:
      return { amount: [{ numeric: ['>=', i, '<', i + 200] }], kind: [{ exists: true }] };
    case 3:
      return { $or: [{ tenant: [`shop-${i}`] }, { amount: [{ numeric: ['<', i / 10] }] }] };
    default:
      return { tenant: [{ suffix: String(i % 50) }, { 'equals-ignore-case': `SHOP-${i}` }] };
  }
}

const names = (prefix: string): ValueSpec => {
  return { kind: 'names', of: POLICIES, prefix, zipf: 0, hot: [] };
};
const FIELDS: Readonly<Record<string, ValueSpec>> = {
  kind: names('kind-'),
  tenant: names('shop-'),
  amount: {
    kind: 'number',
    of: { kind: 'uniform', min: 0, max: 1200 },
  },
};

export class Matching implements Workload {
  readonly units: number;
  private readonly make: TrafficMake;
  private readonly set: FilterSet;
  private matched = 0;

  constructor(private readonly messages: number) {
    this.units = messages * POLICIES;
    const world = new World(new Kernel(), new Streams('7', 0), new Quiet(), ['shoppers']);
    this.make = new TrafficMake(world, {
      name: 'shoppers',
      size: distribution({ kind: 'constant', value: 1024 }),
      key: { kind: 'unique' },
      attributes: FIELDS,
      body: FIELDS,
      source: 'shoppers',
      detailType: 'shoppers',
      messageGroupId: null,
      messageDeduplicationId: null,
      largePayloads: null,
    });
    world.makes.set(0, this.make);
    const specs = Array.from({ length: POLICIES }, (_, i) => {
      const flavour: FlavourName = i % 2 === 0 ? 'messageAttributes' : 'messageBody';
      return readPattern(policyOf(i), flavour, ({ message }) => {
        throw new Error(message);
      })!;
    });
    this.set = new FilterSet(world, specs);
  }

  run(): void {
    for (let message = 0; message < this.messages; message++) {
      const { h0, h1 } = this.make.markOf(message);
      this.set.begin(0, h0, h1);
      for (let i = 0; i < POLICIES; i++) if (this.set.matches(i)) this.matched++;
    }
  }

  /** How often a policy matched. */
  result(): number {
    return this.matched;
  }
}
